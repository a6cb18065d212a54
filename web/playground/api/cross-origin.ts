import type { PlainRequest } from '#contract/request.ts'
import { callApi } from '../../api/call.ts'
import { CrossOriginReport } from '../../api/schemas.ts'
import { jsonOf, type Answer } from './send-request.ts'

/**
 * Has the server send a request as a page of another origin would.
 * @param origin the one that the request's headers name
 * @param traceparent W3C trace context of the request
 * @throws ApiFailure; an AbortError when `signal` aborts
 */
export async function sendCrossOrigin(
  { method, path, headers, body }: PlainRequest,
  origin: string,
  traceparent: string,
  signal: AbortSignal,
): Promise<Answer> {
  const started = performance.now()
  const report = await callApi('/api/cross-origin', CrossOriginReport, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', traceparent },
    body: JSON.stringify({ method, path, headers, body }),
    signal,
  })
  const type = report.headers.find(([name]) => name === 'content-type')?.[1] ?? ''
  return {
    ...report,
    json: jsonOf(type, report.text),
    bytes: new TextEncoder().encode(report.text).length,
    ms: performance.now() - started,
    redirected: false,
    path,
    origin,
  }
}
