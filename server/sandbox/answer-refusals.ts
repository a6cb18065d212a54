import type { Context, Middleware } from 'koa'
import { PoolBusy } from '../pools/pool-busy.ts'
import { StaleDataError } from '../sqlalchemy/errors.ts'
import { QuotaExceeded, StorageFull, StorageUnavailable } from '../storage/errors.ts'
import { sendDetail } from './detail.ts'

/**
 * Answers what storage and worker pools refuse, in FastAPI's shape: 400 over the quota, 404 for a row that somebody else
 * deleted meanwhile, 507 when the disk is full, 503 when it fails or too much is waiting. Other errors are thrown on.
 * @param report is told of failures that the operator has to mend
 */
export function answerRefusals(report: (error: Error) => void): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      if (!(error instanceof Error) || !answerRefusal(ctx, error)) throw error
      if (ctx.status === 507 || error instanceof StorageUnavailable) report(error)
    }
  }
}

/** @returns whether the error is a refusal, and was answered */
export function answerRefusal(ctx: Context, error: unknown): boolean {
  if (error instanceof QuotaExceeded) sendDetail(ctx, 400, error.message)
  else if (error instanceof StaleDataError) sendDetail(ctx, 404, 'User not found')
  else if (error instanceof StorageFull)
    sendDetail(ctx, 507, 'Nothing was stored: the server has no room left')
  else if (error instanceof StorageUnavailable) busy(ctx, 'The storage is not available', 5)
  else if (error instanceof PoolBusy) busy(ctx, error.message, error.retryAfter)
  else return false
  return true
}

function busy(ctx: Context, detail: string, seconds: number): void {
  sendDetail(ctx, 503, detail)
  ctx.set('Retry-After', String(seconds))
}
