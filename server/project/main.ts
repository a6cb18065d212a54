/** The twin of the CRUD and login project, put together. */
import type { Middleware } from 'koa'
import { keepTypeOfEmpty } from '../fastapi/empty-answer.ts'
import { FastAPI } from '../fastapi/fast-api.ts'
import type { OpenApiDocument } from '../fastapi/openapi/openapi-of.ts'
import type { PathOperation } from '../fastapi/operation.ts'
import type { ValidationErrorItem } from '../fastapi/validation/validation-error-item.ts'
import { schemaRegions } from '../fastapi/schema-region.ts'
import { router } from '../fastapi/matching.ts'
import { decodedPath } from '../fastapi/url.ts'
import { Attempts } from '../limits/attempts.ts'
import type { Limiter } from '../limits/limiter.ts'
import type { StorageSettings } from '../storage/open-storage.ts'
import type { Storage } from '../storage/storage.ts'
import type { TraceKeeper } from '../trace/trace-log.ts'
import { traced } from '../trace/traced.ts'
import { createEngine, createTables } from './database.ts'
import { onEventLoops } from './event-loops.ts'
import { accessLogMiddleware, addCors, securityHeadersMiddleware } from './middleware.ts'
import * as auth from './routers/auth.ts'
import * as items from './routers/items.ts'
import * as lab from './routers/lab.ts'
import * as users from './routers/users.ts'
import { Token, UserCreate, UserOut, UserPatch, UserUpdate } from './schemas.ts'
import { seededRows } from './seed.ts'

schemaRegions.add(UserCreate, { region: 'schemas.user_create' })
schemaRegions.add(UserUpdate, { region: 'schemas.user_update' })
schemaRegions.add(UserPatch, { region: 'schemas.user_patch' })
schemaRegions.add(UserOut, { region: 'schemas.user_out' })
schemaRegions.add(Token, { region: 'schemas.token' })

// region main.lifespan
/** Once: before the first request. What it gives is closed after the last one. */
export async function lifespan(settings: StorageSettings): Promise<Storage> {
  const engine = await createEngine(settings, seededRows)
  await createTables(engine)
  return engine
}
// endregion

export interface ProjectDeps {
  /** What tokens are signed with, at least 32 bytes. */
  secret: Uint8Array
  /** Counts wrong logins for one account from one address. */
  logins: Limiter
  /** Where traces go; without it requests are not followed. */
  traces?: TraceKeeper
  /** Stands between the trace and the project, outermost first, and leaves the sandbox in `ctx.state.sandbox`. */
  before: readonly Middleware[]
  /** The largest body that is read, in bytes. */
  bodyLimit: number
}

export interface Project {
  /** Answers every request; only the pages of the documentation are left to the next middleware. */
  middleware: Middleware
  /** Every path operation, in the order in which they are tried. */
  routes(): readonly PathOperation[]
  openapi(): OpenApiDocument
  /** The path, with parameters in braces, that a request's target belongs to. */
  templateOf(method: string, target: string): string | undefined
}

/** Puts the project together as `main.py` does. */
export function createProject({ secret, logins, traces, before, bodyLimit }: ProjectDeps): Project {
  // region main.app
  const app = new FastAPI({ title: 'Viva: CRUD and login', version: '1.0.0', bodyLimit })
  // endregion

  app.tellProblems(tellable)

  // region main.middleware
  // The one added last is the outermost: it sees the request first and the answer last.
  addCors(app)
  app.addMiddleware(accessLogMiddleware)
  app.addMiddleware(securityHeadersMiddleware)
  // endregion

  // region main.routers
  app.includeRouter(users.router)
  app.includeRouter(auth.router)
  app.includeRouter(items.router)
  app.includeRouter(lab.router)
  // endregion

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
      app.toKoa(),
    ]),
    routes: () => app.operations,
    openapi: () => app.openapi(),
    templateOf: (method, target) => {
      const match = find(method, decodedPath(target))
      return 'route' in match ? match.route.path : undefined
    },
  }
}

/**
 * `input` repeats what was sent. It is left out where that may be a password: the field itself, a field that nobody knows,
 * and the whole body.
 */
function tellable(problem: ValidationErrorItem): ValidationErrorItem {
  const [where, ...field] = problem.loc
  const whole =
    where === 'body' && (field.length === 0 || ['missing', 'extra_forbidden'].includes(problem.type))
  if (!whole && !field.includes('password')) return problem
  const { input: _, ...rest } = problem
  return rest
}

/** One middleware of several, the first one outermost. */
function compose(all: readonly Middleware[]): Middleware {
  return (ctx, last) => {
    const run = (index: number): Promise<unknown> =>
      Promise.resolve(index === all.length ? last() : all[index]?.(ctx, () => run(index + 1)))
    return run(0)
  }
}
