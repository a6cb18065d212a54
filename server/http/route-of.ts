import type { Context } from 'koa'

const OWN = ['/healthz', '/readyz', '/metrics', '/docs', '/docs/oauth2-redirect', '/redoc']

/**
 * The template of a request's route: the router's for the app's own API, else the twin's, and `page` for a page or file. Metrics
 * are labelled with it, since a path may contain anything.
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
