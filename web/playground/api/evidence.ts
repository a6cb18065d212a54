import { ApiFailure, callApi } from '../../api/call.ts'
import { StoreView, TraceReport } from '../../api/schemas.ts'

/**
 * The trace of the requests that carried a trace id.
 * @returns null when there is none: the path isn't part of the project, or the trace has been dropped
 * @throws ApiFailure when the server can't be reached
 */
export async function readTrace(id: string): Promise<TraceReport | null> {
  const trace = await fetchTrace(id)
  if (trace !== null) return trace
  // The response can arrive before its trace is stored: try once more.
  await new Promise((resolve) => setTimeout(resolve, RETRY_DELAY_MS))
  return fetchTrace(id)
}

const RETRY_DELAY_MS = 80

async function fetchTrace(id: string): Promise<TraceReport | null> {
  try {
    return await callApi(`/api/traces/${id}`, TraceReport)
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return null
    throw error
  }
}

/** The sandbox's committed rows, without password hashes. @throws ApiFailure */
export function readStore(): Promise<StoreView> {
  return callApi('/api/sandbox/store', StoreView)
}
