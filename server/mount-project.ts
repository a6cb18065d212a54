import type { Middleware } from 'koa'
import { keepTypeOfEmpty } from './fastapi/answer.ts'
import { router } from './fastapi/matching.ts'
import type { Request } from './fastapi/request.ts'
import { schemaRegions } from './fastapi/schema-region.ts'
import { decodedPath } from './fastapi/url.ts'
import { Attempts } from './limits/attempts.ts'
import type { Limiter } from './limits/limiter.ts'
import { onEventLoops } from './project/event-loops.ts'
import { app } from './project/main.ts'
import { Token, UserCreate, UserOut, UserPatch, UserUpdate } from './project/schemas.ts'
import type { TraceKeeper } from './trace/trace-log.ts'
import { traced } from './trace/traced.ts'

schemaRegions.add(UserCreate, { region: 'schemas.user_create' })
schemaRegions.add(UserUpdate, { region: 'schemas.user_update' })
schemaRegions.add(UserPatch, { region: 'schemas.user_patch' })
schemaRegions.add(UserOut, { region: 'schemas.user_out' })
schemaRegions.add(Token, { region: 'schemas.token' })

export interface MountOptions {
  /** Signs tokens; at least 32 bytes. */
  secret: Uint8Array
  /** Counts wrong logins for one account from one address. */
  logins: Limiter
  /** Keeps the traces; without it requests are not traced. */
  traces?: TraceKeeper
  /** Middleware between the trace and the project, outermost first. It leaves the sandbox in `ctx.state.sandbox`. */
  before: readonly Middleware[]
  /** The largest body that is read, in bytes. */
  bodyLimit: number
}

export interface MountedProject {
  /** Answers every request; only the pages of the documentation are left to the next middleware. */
  middleware: Middleware
  /** The path, with parameters in braces, that a request's target belongs to. */
  templateOf(method: string, target: string): string | undefined
}

/** What the Python project needs nothing of, wired into its twin: traces, sandboxes, event loops, the key and the count of logins. */
export function mountProject({ secret, logins, traces, before, bodyLimit }: MountOptions): MountedProject {
  const attempts = new Attempts(logins)
  const giveState: Middleware = (ctx, next) => {
    ctx.state.secret = secret
    ctx.state.logins = attempts
    return next()
  }
  const find = router(app.operations.map(({ method, path }) => ({ path, methods: [method.toUpperCase()] })))
  return {
    middleware: compose([
      keepTypeOfEmpty,
      ...(traces ? [traced(traces)] : []),
      ...before,
      onEventLoops(),
      giveState,
      bareServerErrors,
      app.toKoa({ bodyLimit }),
    ]),
    templateOf: (method, target) => {
      const match = find(method, decodedPath(target))
      return 'route' in match ? match.route.path : undefined
    },
  }
}

/** Viva has set two headers that the project's middleware sets as well. On an answer that passed it by, they are missing. */
const bareServerErrors: Middleware = async (ctx, next) => {
  await next()
  const { unhandled } = (ctx as Request).state
  if (unhandled === undefined) return
  ctx.state.fault = unhandled.name
  ctx.remove('X-Content-Type-Options')
  ctx.remove('Referrer-Policy')
}

/** One middleware of several, the first one outermost. */
function compose(all: readonly Middleware[]): Middleware {
  return (ctx, last) => {
    const run = (index: number): Promise<unknown> =>
      Promise.resolve(index === all.length ? last() : all[index]?.(ctx, () => run(index + 1)))
    return run(0)
  }
}
