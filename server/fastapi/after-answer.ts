import type { Request } from './request.ts'

/** Runs something when the answer has gone out, or when the caller has gone away. */
export function afterAnswer(request: Request, run: () => Promise<void>): void {
  const start = () => {
    run().catch((error: unknown) => request.app.emit('error', error, request))
  }
  if (request.res.destroyed) start()
  else request.res.once('close', start)
}
