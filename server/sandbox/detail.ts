import type { Context } from 'koa'

/** Answers a refusal in FastAPI's shape. */
export function sendDetail(ctx: Context, status: number, detail: string): void {
  ctx.status = status
  ctx.type = 'application/json'
  ctx.body = JSON.stringify({ detail })
}
