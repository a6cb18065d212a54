import { CORSMiddleware } from '../fastapi/cors-middleware.ts'
import type { FastAPI } from '../fastapi/fast-api.ts'
import { middleware } from '../fastapi/middleware.ts'
import type { Request } from '../fastapi/request.ts'

declare module '../fastapi/request.ts' {
  interface RequestState {
    order?: string[]
  }
}

// region middleware.access_log
/** Measures each request, in seconds; the server logs it. */
export const accessLogMiddleware = middleware(
  'middleware.access_log',
  'AccessLogMiddleware',
  'Measures how long everything inside it takes and sends it as X-Process-Time.',
  async (request, callNext) => {
    noteOrder(request, 'access_log in')
    const started = performance.now()
    await callNext()
    const seconds = (performance.now() - started) / 1000
    request.set('X-Process-Time', seconds.toFixed(6))
    request.set('X-Order', noteOrder(request, 'access_log out'))
  },
)
// endregion

// region middleware.security_headers
/** Tells browsers not to guess types, not to frame and not to pass addresses on. */
export const securityHeadersMiddleware = middleware(
  'middleware.security_headers',
  'SecurityHeadersMiddleware',
  'Tells browsers not to guess types, not to frame and not to pass addresses on.',
  async (request, callNext) => {
    noteOrder(request, 'security_headers in')
    await callNext()
    request.set('X-Content-Type-Options', 'nosniff')
    request.set('X-Frame-Options', 'DENY')
    request.set('Referrer-Policy', 'no-referrer')
    request.set('X-Order', noteOrder(request, 'security_headers out'))
  },
)
// endregion

// region middleware.cors
/** Lets pages of another origin read answers. It stops no request: browsers do. */
export function addCors(app: FastAPI): void {
  app.addMiddleware(
    CORSMiddleware('middleware.cors', {
      allowOrigins: ['http://localhost:5173'],
      allowMethods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      allowHeaders: ['Authorization', 'Content-Type'],
      exposeHeaders: ['X-Order', 'X-Process-Time'],
    }),
  )
}
// endregion

/** Adds to what has happened to this request so far and gives all of it. */
function noteOrder(request: Request, event: string): string {
  request.state.order = [...(request.state.order ?? []), event]
  return request.state.order.join(', ')
}
