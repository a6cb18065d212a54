import { middleware, type Middleware } from './middleware.ts'
import { firstHeader, type Request } from './request.ts'

/** As Starlette's CORSMiddleware; without credentials, and with every origin named. */
export interface CorsOptions {
  allowOrigins: readonly string[]
  allowMethods: readonly string[]
  allowHeaders: readonly string[]
  exposeHeaders: readonly string[]
}

const SAFELISTED_HEADERS = ['Accept', 'Accept-Language', 'Content-Language', 'Content-Type']
const MAX_AGE = 600

/** Answers preflight requests itself, and tells browsers which other origins may read an answer. It refuses no request. */
export function CORSMiddleware(region: string, options: CorsOptions): Middleware {
  const allowHeaders = [...new Set([...SAFELISTED_HEADERS, ...options.allowHeaders])].sort()
  const preflightHeaders = {
    Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers, Access-Control-Request-Private-Network',
    'Access-Control-Allow-Methods': options.allowMethods.join(', '),
    'Access-Control-Max-Age': String(MAX_AGE),
    'Access-Control-Allow-Headers': allowHeaders.join(', '),
  }
  const summary = 'Tells browsers which other origins may read the answer; it blocks no request.'

  return middleware(region, 'CORSMiddleware', summary, async (request, callNext, step) => {
    const sent = firstHeader(request, 'Origin')
    const [origin, isCrossOrigin] = [sent ?? '', sent !== undefined]
    const isAllowed = options.allowOrigins.includes(origin)
    if (isCrossOrigin && request.method === 'OPTIONS' && requested(request, 'Method') !== undefined) {
      request.set(preflightHeaders)
      if (isAllowed) request.set('Access-Control-Allow-Origin', origin)
      const failures = preflightFailures(request, isAllowed, options.allowMethods, allowHeaders)
      if (failures.length > 0) step.refuse()
      request.status = failures.length > 0 ? 400 : 200
      request.set('Content-Type', 'text/plain; charset=utf-8')
      request.body = failures.length > 0 ? `Disallowed CORS ${failures.join(', ')}` : 'OK'
      return
    }
    await callNext()
    if (isCrossOrigin) request.set('Access-Control-Expose-Headers', options.exposeHeaders.join(', '))
    if (isAllowed) request.set('Access-Control-Allow-Origin', origin)
    request.vary('Origin')
  })
}

function preflightFailures(
  request: Request,
  isAllowed: boolean,
  allowMethods: readonly string[],
  allowHeaders: readonly string[],
): string[] {
  const failures: string[] = []
  if (!isAllowed) failures.push('origin')
  if (!allowMethods.includes(requested(request, 'Method') ?? '')) failures.push('method')
  const allowed = allowHeaders.map((name) => name.toLowerCase())
  const wanted = requested(request, 'Headers')?.toLowerCase().split(',') ?? []
  if (wanted.some((name) => !allowed.includes(name.trim()))) failures.push('headers')
  if (requested(request, 'Private-Network') !== undefined) failures.push('private-network')
  return failures
}

function requested(request: Request, what: string): string | undefined {
  return firstHeader(request, `Access-Control-Request-${what}`)
}
