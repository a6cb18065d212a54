import type { Context } from 'koa'

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/** Whether the request only reads, by its method: https://www.rfc-editor.org/rfc/rfc9110#section-9.2.1 */
export function onlyReads(ctx: Context): boolean {
  return SAFE.includes(ctx.method)
}

/**
 * Whether a page of this very origin sent the request, or a person by the address bar. Browsers attach a cookie to requests
 * of other sites, too: SameSite=Lax doesn't stop those on another port or subdomain. So a write that is authorized by a
 * cookie must prove where it comes from.
 */
export function isFromHere(ctx: Context): boolean {
  const site = ctx.get('Sec-Fetch-Site')
  if (site !== '') return site === 'same-origin' || site === 'none'
  return URL.canParse(ctx.get('Origin')) && new URL(ctx.get('Origin')).host === ctx.host
}
