import type { Middleware } from 'koa'

/** Koa takes the Content-Type away from a 204. FastAPI leaves it, so such an answer is ended here, with its headers. */
export const keepTypeOfEmpty: Middleware = async (ctx, next) => {
  await next()
  if (ctx.status !== 204 || ctx.response.get('Content-Type') === '' || ctx.headerSent) return
  ctx.respond = false
  ctx.res.end()
}
