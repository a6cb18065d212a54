import type { Context, Middleware } from 'koa'
import { markBusy } from '../limits/busy.ts'
import { PoolBusy } from '../pools/fair-queue.ts'
import { StaleDataError } from '../sqlalchemy/exc.ts'
import { QuotaExceeded, StorageFull, StorageUnavailable } from '../storage/errors.ts'
import { sendError } from '../http/send-error.ts'

/**
 * Turns refusals of storage and worker pools into answers in FastAPI's shape: 400 over the quota, 404 for a row that was
 * deleted concurrently, 507 when the disk is full, 503 when it fails or the queue is full. Other errors are rethrown.
 * @param report receives failures that the operator must fix, with the request that failed
 */
export function answerRefusals(report: (error: Error, ctx: Context) => void): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (!(error instanceof Error) || !answerRefusal(ctx, error)) throw error
      if (ctx.status === 507 || error instanceof StorageUnavailable) report(error, ctx)
    }
  }
}

/** @returns whether the error is a refusal, and was answered */
export function answerRefusal(ctx: Context, error: unknown): boolean {
  if (error instanceof QuotaExceeded) sendError(ctx, 400, error.message)
  else if (error instanceof StaleDataError) sendError(ctx, 404, 'User not found')
  else if (error instanceof StorageFull)
    sendError(ctx, 507, 'Nothing was stored: the server has no disk space left')
  else if (error instanceof StorageUnavailable) {
    sendError(ctx, 503, 'The storage is not available')
    ctx.set('Retry-After', '5')
  } else if (error instanceof PoolBusy) {
    sendError(ctx, 503, error.message)
    markBusy(ctx, error.retryAfter)
  } else return false
  // The log names the cause of a 5xx.
  if (ctx.status >= 500) ctx.state.fault = error.name
  return true
}
