import type Router from '@koa/router'
import Koa from 'koa'
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { bodyLimits } from './http/body-limits.ts'
import { decodedPath } from './fastapi/url.ts'
import { docs } from './http/docs.ts'
import { answerErrors } from './http/errors.ts'
import { health } from './http/health.ts'
import { knownHost, useKnownScheme } from './http/host.ts'
import { logRequests } from './http/logger.ts'
import type { Metrics } from './http/metrics.ts'
import { requestId } from './http/request-id.ts'
import { sendError } from './http/send-error.ts'
import { securityHeaders } from './http/security-headers.ts'
import { logStrayErrors } from './http/stray-errors.ts'
import type { Limiter } from './limits/limiter.ts'
import { limitRequests } from './limits/limit-requests.ts'

export interface AppDeps {
  logger: Logger
  /** Number of trusted proxies in front. */
  trustProxy: number
  /** The address under which people reach this server, if known. */
  publicUrl?: string | undefined
  /** Limits the requests of each address. */
  requests?: Limiter | undefined
  metrics?: Metrics
  development: boolean
  /** Rejects when the storage accepts no writes. */
  ready: () => Promise<void>
  /** Whether the process is about to stop. */
  isStopping?: () => boolean
  /** Turns refusals of storage and worker pools into answers. */
  refusals: Middleware
  /** The app's own API; all of its paths begin with `/api/`. */
  routers: Router[]
  /** The TypeScript twin of the FastAPI project, at the root of the host. It calls the next middleware only for `/docs`. */
  twin: Middleware
  /** The web app's pages and files. */
  pages: Middleware
  /** The files of the original for the tab, if there may be any. */
  original?: Middleware | undefined
  /** Names the build of these pages, if they are built. */
  build?: string | undefined
}

const twinPaths = /^\/(users|login|items|lab|openapi\.json|docs|redoc)(\/|$)/

/**
 * The whole app, in the order in which a request passes through it. The twin comes last as well: its paths never reach the
 * pages, and an unknown path gets the 404 of a FastAPI project.
 */
export function createApp(deps: AppDeps): Koa {
  const app = new Koa({ proxy: deps.trustProxy > 0, maxIpsCount: deps.trustProxy })
  useKnownScheme(app, deps.publicUrl)
  app.on('error', logStrayErrors(deps.logger))
  app.use(requestId(deps))
  if (deps.metrics) app.use(deps.metrics.observe)
  app.use(logRequests(deps.logger))
  app.use(answerErrors(deps.logger))
  app.use(securityHeaders({ development: deps.development }))
  app.use(knownHost(deps.publicUrl))
  app.use(onPaths(/^\/(api\/|healthz$)/, nameBuild(deps.build)))
  app.use(health(deps.ready, deps.isStopping))
  if (deps.metrics) app.use(deps.metrics.endpoint)
  app.use(limitRequests(deps.requests))
  app.use(bodyLimits)
  app.use(onPaths(/^\/api\//, noStore))
  app.use(onPaths(twinPaths, noStore))
  app.use(onPaths(/^\/api\//, deps.refusals))
  for (const router of deps.routers) app.use(router.routes())
  app.use(onPaths(/^\/api\//, (ctx) => sendError(ctx, 404)))
  app.use(onPaths(twinPaths, deps.twin))
  app.use(docs())
  if (deps.original) app.use(deps.original)
  app.use(deps.pages)
  app.use(noStore)
  app.use(deps.twin)
  return app
}

/** An answer that depends on a sandbox or a token must not be cached, unless the middleware behind this one decides otherwise. */
const noStore: Middleware = (ctx, next) => {
  ctx.set('Cache-Control', 'no-store')
  return next()
}

/** A page of another build notices by this header that it is out of date. */
function nameBuild(build: string | undefined): Middleware {
  return (ctx, next) => {
    if (build !== undefined) ctx.set('X-Viva-Build', build)
    return next()
  }
}

/** Matches the decoded path: to the twin, `/%75sers/` is `/users/`. */
function onPaths(pattern: RegExp, middleware: Middleware): Middleware {
  return (ctx, next) => (pattern.test(decodedPath(ctx.path)) ? middleware(ctx, next) : next())
}
