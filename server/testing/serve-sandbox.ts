import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Koa, { type Middleware } from 'koa'
import { onTestFinished } from 'vitest'
import { PEOPLE, seededRows } from '../project/seed.ts'
import { openFiles } from '../storage/files/open-files.ts'
import type { Storage } from '../storage/storage.ts'
import { answerRefusals } from '../sandbox/answer-refusals.ts'
import { createSandboxApi } from '../api/sandbox.ts'
import { UNGUARDED } from '../sandbox/sandbox-guard.ts'
import { serveApp } from './serve-app.ts'

export interface SandboxServer {
  storage: Storage
  address: string
  /** Errors reported to the operator. */
  reported: Error[]
}

/** The sandbox API and other middleware on a real socket, for one test. */
export async function sandboxServer(
  more: (storage: Storage) => Middleware[] = () => [],
): Promise<SandboxServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-'))
  const storage = await openFiles({ dataDir, seed: seededRows })
  const people = PEOPLE.map(({ name, email, password }, index) => ({ id: index + 1, name, email, password }))
  const reported: Error[] = []
  const app = new Koa()
  app.use(answerRefusals((error) => reported.push(error)))
  app.use(createSandboxApi({ storage, people, guard: UNGUARDED, reset: (store) => store.reset() }).routes())
  for (const middleware of more(storage)) app.use(middleware)
  const { origin, close } = await serveApp(app.callback())
  onTestFinished(async () => {
    await close()
    await storage.close()
    await rm(dataDir, { recursive: true })
  })
  return { storage, address: origin, reported }
}
