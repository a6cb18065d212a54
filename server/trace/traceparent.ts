import { randomBytes } from 'node:crypto'

/** W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  traceId: string
  /** 16 hexadecimal digits: this server's own span. */
  spanId: string
}

/** The shape of a trace id; a storage is searched for nothing else. */
export const TRACE_ID = /^[0-9a-f]{32}$/

/** Under this id a sandbox's start-up is kept. No caller can send it: it isn't valid. */
export const START_UP = '0'.repeat(32)

const VALID = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/**
 * Continues the caller's trace where its header is valid, otherwise begins one; the span is always new.
 * @param header `traceparent` as it was received
 */
export function continueTrace(header: unknown): TraceParent {
  const sent = typeof header === 'string' ? traceIdOf(header) : undefined
  return { traceId: sent ?? randomHex(32), spanId: randomHex(16) }
}

function traceIdOf(header: string): string | undefined {
  const [, version, traceId = '', parentId = '', more] = VALID.exec(header) ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  return /^0+$/.test(traceId) || /^0+$/.test(parentId) ? undefined : traceId
}

/** The header for the answer: version 00, sampled. */
export function traceparentOf(parent: TraceParent): string {
  return `00-${parent.traceId}-${parent.spanId}-01`
}

let digits = ''

/** Asking the system for random bytes takes longer than routing a request, so they are fetched in bulk. */
function randomHex(count: number): string {
  if (digits.length < count) digits = randomBytes(4096).toString('hex')
  const taken = digits.slice(0, count)
  digits = digits.slice(count)
  return taken
}
