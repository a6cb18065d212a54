import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openViva } from '../../server/compose.ts'
import { readConfig } from '../../server/config/config.ts'
import { createLogger } from '../../server/http/logger.ts'
import { memoryLimits } from '../../server/limits/memory-limits.ts'
import { createHttpServer, listen } from '../../server/listen.ts'
import { RECORDING_SECRET, type Target } from '../replay/recording.ts'

export interface Twin extends Target {
  stop(): Promise<void>
}

/** The whole app on a socket, with a data folder of its own and nobody's pages. */
export async function startTwin(): Promise<Twin> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-twin-'))
  let counted = memoryLimits(0)
  const viva = await openViva({
    limits: {
      ...counted,
      logins: {
        take: (...key) => counted.logins.take(...key),
        giveBack: (key) => counted.logins.giveBack(key),
        forget: (key) => counted.logins.forget(key),
      },
    },
    config: readConfig({ DATA_DIR: folder, JWT_SECRET: RECORDING_SECRET }),
    logger: createLogger('silent'),
    pages: (_ctx, next) => next(),
    development: false,
  })
  const server = createHttpServer(viva.app.callback())
  const origin = (await listen(server, 0, '127.0.0.1')).replace('localhost', '127.0.0.1')

  return {
    origin,
    async reset() {
      counted = memoryLimits(0)
      const answer = await fetch(`${origin}/api/sandbox/reset`, { method: 'POST' })
      if (!answer.ok) throw new Error(`the sandbox can't be reset: ${answer.status} ${await answer.text()}`)
    },
    async stop() {
      server.close()
      server.closeAllConnections()
      await viva.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
