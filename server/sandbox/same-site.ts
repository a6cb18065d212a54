import type { Context } from 'koa'

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/** Whether the request only reads, by its method: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export function onlyReads(ctx: Context): boolean {
  return SAFE.includes(ctx.method)
}

/**
 * Whether a browser says that a page of this very origin sent the request, or a person by the address bar. Browsers send a
 * cookie along with what any site asks them to send, SameSite=Lax or not where the other is on another port or subdomain, so
 * a write that is let in by one has to show where it comes from.
 */
export function isFromHere(ctx: Context): boolean {
  const site = ctx.get('Sec-Fetch-Site')
  if (site !== '') return site === 'same-origin' || site === 'none'
  return URL.canParse(ctx.get('Origin')) && new URL(ctx.get('Origin')).host === ctx.host
}
