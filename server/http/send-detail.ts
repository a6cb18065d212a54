import type { Context } from 'koa'

/** Answers a refusal in FastAPI's shape. */
export function sendDetail(ctx: Context, status: number, detail: string): void {
  ctx.status = status
  // Koa's own setter would add a charset, which JSON doesn't have.
  ctx.set('Content-Type', 'application/json')
  ctx.body = JSON.stringify({ detail })
}
