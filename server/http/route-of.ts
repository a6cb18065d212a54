import type { Context } from 'koa'

const OWN = ['/healthz', '/readyz', '/metrics', '/docs', '/docs/oauth2-redirect', '/redoc']

/**
 * Tells which route a request came to, by its template: the router's own for the app's API, the twin's, `page` for a page or a
 * file that was sent. Logs and metrics name requests by it; a path may hold anything.
 * @param templateOf finds the twin's template for a request's target, or undefined
 */
export function routeOf(templateOf: (method: string, target: string) => string | undefined) {
  return (ctx: Context): string | undefined => {
    const { _matchedRoute: ofRouter } = ctx as { _matchedRoute?: unknown }
    if (typeof ofRouter === 'string') return ofRouter
    if (OWN.includes(ctx.path)) return ctx.path
    return templateOf(ctx.method, ctx.url) ?? (ctx.state.quiet === true ? 'page' : undefined)
  }
}
