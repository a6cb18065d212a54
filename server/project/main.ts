/** The twin of the CRUD and login project, put together. */
import type { Middleware } from 'koa'
import { keepTypeOfEmpty } from '../fastapi/empty-answer.ts'
import { FastAPI } from '../fastapi/fast-api.ts'
import type { OpenApiDocument } from '../fastapi/openapi/openapi-of.ts'
import type { PathOperation } from '../fastapi/operation.ts'
import { schemaRegions } from '../fastapi/schema-region.ts'
import type { StorageSettings } from '../storage/open-storage.ts'
import type { Storage } from '../storage/storage.ts'
import type { TraceKeeper } from '../trace/trace-log.ts'
import { traced } from '../trace/traced.ts'
import { createEngine, createTables } from './database.ts'
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
}

/** Puts the project together as `main.py` does. */
export function createProject({ secret, traces, before, bodyLimit }: ProjectDeps): Project {
  // region main.app
  const app = new FastAPI({ title: 'Viva: CRUD and login', version: '1.0.0', bodyLimit })
  // endregion

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

  const giveSecret: Middleware = (ctx, next) => {
    ctx.state.secret = secret
    return next()
  }
  return {
    middleware: compose([
      keepTypeOfEmpty,
      ...(traces ? [traced(traces)] : []),
      ...before,
      giveSecret,
      app.toKoa(),
    ]),
    routes: () => app.operations,
    openapi: () => app.openapi(),
  }
}

/** One middleware of several, the first one outermost. */
function compose(all: readonly Middleware[]): Middleware {
  return (ctx, last) => {
    const run = (index: number): Promise<unknown> =>
      Promise.resolve(index === all.length ? last() : all[index]?.(ctx, () => run(index + 1)))
    return run(0)
  }
}
