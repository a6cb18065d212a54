import { dependency } from '../fastapi/dependency.ts'
import { declarativeBase } from '../sqlalchemy/declarative-base.ts'
import { Session } from '../sqlalchemy/session.ts'
import { DamagedSandbox } from '../storage/errors.ts'
import { openStorage, type StorageSettings } from '../storage/open-storage.ts'
import type { Trace } from '../trace/trace.ts'
import { DEFAULT_SANDBOX, type NewUserRow, type SandboxStore, type Storage } from '../storage/storage.ts'

declare module '../fastapi/request.ts' {
  interface RequestState {
    sandbox: SandboxStore
  }
}

// region database.engine
/** What the engine is in Python: opened once for the process, used by every request; files, or PostgreSQL by its address. */
export function createEngine(settings: StorageSettings, people: readonly NewUserRow[]): Promise<Storage> {
  return openStorage(settings, people)
}
// endregion

// region database.session_local
/** Reads nothing yet: the first query does. */
export function sessionLocal(database: SandboxStore, trace?: Trace): Session {
  return new Session(database, trace)
}
// endregion

// region database.base
export const Base = declarativeBase()
// endregion

// region database.get_db
/** A session for one request, closed when the answer has gone out. */
export const getDb = dependency({ region: 'database.get_db' }, function* ({ request }) {
  const db = sessionLocal(request.state.sandbox, request.state.trace)
  try {
    yield db
  } finally {
    db.close()
  }
})
// endregion

// region database.create_all
/** Creates the default database if it is missing, and never changes an existing one. */
export async function createTables(engine: Storage): Promise<void> {
  await engine.sandbox(DEFAULT_SANDBOX).catch((error: unknown) => {
    // Its requests will say so; the other sandboxes are whole.
    if (!(error instanceof DamagedSandbox)) throw error
  })
}
// endregion
