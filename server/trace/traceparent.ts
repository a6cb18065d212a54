import { randomBytes } from 'node:crypto'

/** W3C Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  traceId: string
  /** 16 hexadecimal digits: this server's own span. */
  spanId: string
}

/** What a trace id looks like; nothing else is looked for in a storage. */
export const TRACE_ID = /^[0-9a-f]{32}$/

const VALID = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/**
 * Goes on with the caller's trace id where its header is valid, else begins a trace; the span is always new.
 * @param header `traceparent` as it came
 */
export function continueTrace(header: unknown): TraceParent {
  if (typeof header !== 'string') return { traceId: randomHex(32), spanId: randomHex(16) }
  const [, version, traceId, parentId, more] = VALID.exec(header) ?? []
  const valid =
    traceId !== undefined &&
    version !== 'ff' &&
    (version !== '00' || more === undefined) &&
    !/^0+$/.test(traceId) &&
    !/^0+$/.test(parentId ?? '')
  return { traceId: valid ? traceId : randomHex(32), spanId: randomHex(16) }
}

/** The header for the answer: version 00, sampled. */
export function traceparentOf(parent: TraceParent): string {
  return `00-${parent.traceId}-${parent.spanId}-01`
}

// Asking the system for random bytes costs more than a request's own routing: many are fetched at once.
const pool = { digits: '', at: 0 }

function randomHex(count: number): string {
  if (pool.at + count > pool.digits.length) {
    pool.digits = randomBytes(4096).toString('hex')
    pool.at = 0
  }
  pool.at += count
  return pool.digits.slice(pool.at - count, pool.at)
}
