import type { IncomingMessage } from 'node:http'
import type Koa from 'koa'
import type { Middleware } from 'koa'
import { sendError } from './send-error.ts'

/**
 * Refuses a request whose host isn't clear: none in HTTP/1.1, or more than one (400, https://www.rfc-editor.org/rfc/rfc9112#section-3.2),
 * or an absolute target that names another host than the one asked (421). Where it is known at which address people reach this
 * server, that is the host of every request, whatever it says: links and redirects are made from it.
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
 * From now on `ctx.protocol`, and with it redirects, cookies and HSTS, goes by the address at which people reach this server.
 * Where that isn't known, it goes by `X-Forwarded-Proto` of a trusted proxy, of which only `http` and `https` are believed.
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

/** Node keeps the first of several and says nothing. */
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
