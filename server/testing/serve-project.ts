import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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
import { createProject, lifespan, type Project } from '../project/main.ts'

const TEST_SECRET = 'a secret for tests, known to all of them'

export interface TestServer {
  origin: string
  project: Project
  storage: Storage
  traces: TraceLog
  close(): Promise<void>
}

/** The project on a real socket, over files in a folder of its own. */
export async function serveProject({ secret = TEST_SECRET } = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-project-'))
  const storage = await lifespan({ dataDir })
  const traces = new TraceLog()
  const project = createProject({
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
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    project,
    storage,
    traces,
    async close() {
      await closed(server)
      await closePasswords()
      await storage.close()
      await rm(dataDir, { recursive: true })
    },
  }
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
