import { inCurrentTrace } from '../trace/trace.ts'
import type { Request } from './request.ts'

/** Runs something when the answer has gone out, or when the caller has gone away; its steps go to the same trace. */
export function afterAnswer(request: Request, run: () => Promise<void>): void {
  const traced = inCurrentTrace(() => {
    run().catch((error: unknown) => request.app.emit('error', error, request))
  })
  if (request.res.destroyed) traced()
  else request.res.once('close', traced)
}
