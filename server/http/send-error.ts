import { STATUS_CODES } from 'node:http'
import type { Context } from 'koa'

/**
 * Answers an error in FastAPI's shape.
 * @param detail the standard phrase for the status unless given
 */
export function sendError(ctx: Context, status: number, detail = STATUS_CODES[status] ?? 'Error'): void {
  ctx.status = status
  // Koa's own setter would add a charset, which JSON doesn't have.
  ctx.set('Content-Type', 'application/json')
  ctx.body = JSON.stringify({ detail })
}
