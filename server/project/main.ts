/** The CRUD and login project. Viva serves it by `server/mount-project.ts`, one for each sandbox. */
import { FastAPI } from '../fastapi/fast-api.ts'
import type { ValidationErrorItem } from '../fastapi/validation/validation-error-item.ts'
import type { StorageSettings } from '../storage/open-storage.ts'
import type { Storage } from '../storage/storage.ts'
import { createEngine, createTables } from './database.ts'
import { accessLogMiddleware, addCors, securityHeadersMiddleware } from './middleware.ts'
import * as auth from './routers/auth.ts'
import * as items from './routers/items.ts'
import * as lab from './routers/lab.ts'
import * as users from './routers/users.ts'
import { seededRows } from './seed.ts'

// region main.lifespan
/** Runs once, before the first request; what it returns is closed after the last one. */
export async function lifespan(settings: StorageSettings): Promise<Storage> {
  const engine = await createEngine(settings, seededRows)
  await createTables(engine)
  return engine
}
// endregion

// region main.app
export const app = new FastAPI({ title: 'Viva: CRUD and login', version: '1.0.0' })
// endregion

app.redactProblems(redacted)

/**
 * `input` repeats what was sent. It is left out where that may be a password: the field itself, an unknown field, and the
 * whole body.
 */
function redacted(problem: ValidationErrorItem): ValidationErrorItem {
  const [where, ...field] = problem.loc
  const whole =
    where === 'body' && (field.length === 0 || ['missing', 'extra_forbidden'].includes(problem.type))
  if (!whole && !field.includes('password')) return problem
  const { input: _, ...rest } = problem
  return rest
}

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
