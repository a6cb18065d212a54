import type { BurstRequest } from '#contract/burst.ts'
import { callApi } from '../../api/call.ts'
import { BurstReport } from '../../api/schemas.ts'

/**
 * Has the server send many GET requests at once.
 * @throws ApiFailure; an AbortError when `signal` aborts
 */
export function sendBurst(request: BurstRequest, signal: AbortSignal): Promise<BurstReport> {
  return callApi('/api/burst', BurstReport, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(request),
    signal,
  })
}
