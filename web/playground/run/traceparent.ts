import { randomHex } from '../../browser/random.ts'

/**
 * A new W3C trace context, one for each send.
 * Source: Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header. Ids of zeros alone are invalid; 16 random bytes never are.
 */
export function newTrace(): { id: string; traceparent: string } {
  const id = randomHex(16)
  return { id, traceparent: `00-${id}-${randomHex(8)}-01` }
}
