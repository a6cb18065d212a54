import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Koa from 'koa'
import { createTracesApi } from '../api/traces.ts'
import { closePasswords } from '../pools/passwords.ts'
import { memoryLimits } from '../limits/memory-limits.ts'
import { answerRefusals } from '../sandbox/answer-refusals.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import { UNGUARDED } from '../sandbox/sandbox-guard.ts'
import type { Storage } from '../storage/storage.ts'
import { TraceLog } from '../trace/trace-log.ts'
import { mountProject } from '../mount-project.ts'
import { lifespan } from '../project/main.ts'
import { serveApp } from './serve-app.ts'

const TEST_SECRET = 'the secret that all tests share'

export interface TestServer {
  origin: string
  storage: Storage
  traces: TraceLog
  close(): Promise<void>
}

/** The project alone, on a real socket and with a temporary data folder. */
export async function serveProject({ secret = TEST_SECRET } = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-project-'))
  const storage = await lifespan({ dataDir })
  const traces = new TraceLog()
  const project = mountProject({
    secret: new TextEncoder().encode(secret),
    logins: memoryLimits(0).logins,
    traces,
    before: [answerRefusals(() => undefined), chooseSandbox({ storage, guard: UNGUARDED.record })],
    bodyLimit: 64 * 1024,
  })
  const app = new Koa()
  app.silent = true
  const api = createTracesApi({ storage, traces, guard: UNGUARDED })
  app.use(api.routes())
  app.use(project.middleware)
  const { origin, close } = await serveApp(app.callback())
  return {
    origin,
    storage,
    traces,
    async close() {
      await close()
      await closePasswords()
      await storage.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
