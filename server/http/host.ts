import type { IncomingMessage } from 'node:http'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import { sendError } from './send-error.ts'

/**
 * Refuses a request whose host is ambiguous: none in HTTP/1.1, or more than one (400, https://www.rfc-editor.org/rfc/rfc9112#section-3.2),
 * or an absolute target that names a host other than the Host header (421). If a public URL is configured, its host
 * replaces the header of every request: links and redirects are built from it.
 */
export function knownHost(publicUrl: string | undefined): Middleware {
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).host
  return async (ctx, next) => {
    const { req } = ctx
    const hosts = countHosts(req)
    if (hosts === 0 && req.httpVersion === '1.1') return sendError(ctx, 400, 'The Host header is missing')
    if (hosts > 1) return sendError(ctx, 400, 'There is more than one Host header')
    if (host !== undefined) {
      req.headers.host = host
      delete req.headers['x-forwarded-host']
    }
    if (isForAnother(req)) return sendError(ctx, 421)
    await next()
  }
}

/**
 * Makes `ctx.protocol`, and with it redirects, cookies and HSTS, follow the public URL. Without one, it follows
 * `X-Forwarded-Proto` of a trusted proxy, in which only `http` and `https` are accepted.
 */
export function useKnownScheme(app: Koa, publicUrl: string | undefined): void {
  const known = publicUrl === undefined ? undefined : new URL(publicUrl).protocol.slice(0, -1)
  Object.defineProperty(app.request, 'protocol', {
    get(this: Koa.Request): string {
      if (known !== undefined) return known
      const forwarded = app.proxy ? this.get('X-Forwarded-Proto').split(',', 1)[0]?.trim().toLowerCase() : ''
      return forwarded === 'https' ? 'https' : 'http'
    },
  })
}

/** Node silently keeps the first of several. */
function countHosts({ rawHeaders }: IncomingMessage): number {
  let count = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1
  }
  return count
}

function isForAnother({ url = '', headers }: IncomingMessage): boolean {
  if (url.startsWith('/') || url === '*') return false
  return !URL.canParse(url) || new URL(url).host !== headers.host?.toLowerCase()
}
