import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Koa, { type Middleware } from 'koa'
import { onTestFinished } from 'vitest'
import { PEOPLE, seededRows } from '../project/seed.ts'
import { openStorage } from '../storage/files/open-files.ts'
import type { Storage } from '../storage/storage.ts'
import { answerRefusals } from '../sandbox/answer-refusals.ts'
import { createSandboxApi } from '../api/sandbox.ts'
import { UNGUARDED } from '../sandbox/sandbox-guard.ts'

export interface SandboxServer {
  storage: Storage
  address: string
  /** Errors that the operator is told of. */
  reported: Error[]
}

/** A server on a port of the system's choice, with the sandbox API and what else is given; it ends with the test. */
export async function sandboxServer(
  more: (storage: Storage) => Middleware[] = () => [],
): Promise<SandboxServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-'))
  const storage = await openStorage({ dataDir, seed: seededRows })
  const people = PEOPLE.map(({ name, email, password }, index) => ({ id: index + 1, name, email, password }))
  const reported: Error[] = []
  const app = new Koa()
  app.use(answerRefusals((error) => reported.push(error)))
  app.use(createSandboxApi({ storage, people, guard: UNGUARDED }).routes())
  for (const middleware of more(storage)) app.use(middleware)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(async () => {
    await close(server)
    await storage.close()
    await rm(dataDir, { recursive: true })
  })
  return { storage, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, reported }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
