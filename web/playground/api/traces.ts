import type { TraceReport } from '#contract/trace.ts'
import { ApiFailure, callApi } from '../../api/call.ts'

const schema = async () => (await import('../../api/schemas.ts')).TraceReport

/**
 * What happened inside the requests that carried a trace id.
 * @returns null when there is none: the path isn't one of the project, or the trace is no longer kept
 * @throws ApiFailure when the server can't be reached
 */
export async function readTrace(id: string): Promise<TraceReport | null> {
  // An answer can be here before its trace is put away: one more look settles it.
  return (await look(id)) ?? (await new Promise((wait) => setTimeout(wait, 80)).then(() => look(id)))
}

async function look(id: string): Promise<TraceReport | null> {
  try {
    return await callApi(`/api/traces/${id}`, schema)
  } catch (error) {
    if (error instanceof ApiFailure && error.status === 404) return null
    throw error
  }
}
