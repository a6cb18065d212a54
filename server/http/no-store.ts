import type { Middleware } from 'koa'

/** What depends on a sandbox or a token must not be kept by a browser or a proxy, unless somebody downstream says otherwise. */
export const noStore: Middleware = (ctx, next) => {
  ctx.set('Cache-Control', 'no-store')
  return next()
}
