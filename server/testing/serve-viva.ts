import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Middleware } from 'koa'
import { openViva, type VivaOptions } from '../compose.ts'
import { readConfig } from '../config/config.ts'
import { createLogger } from '../http/logger.ts'
import { createHttpServer, drain, listen } from '../listen.ts'

export interface ServedViva {
  origin: string
  port: number
  dataDir: string
  close: () => Promise<void>
}

const noPages: Middleware = (_ctx, next) => next()

/** The whole app on a port of the system's choice, with these settings and a data folder of its own. */
export async function serveViva(
  env: NodeJS.ProcessEnv = {},
  options: Partial<Pick<VivaOptions, 'pages'>> = {},
): Promise<ServedViva> {
  const dataDir = await mkdtemp(join(tmpdir(), 'viva-http-'))
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env })
  const logger = createLogger(config.logLevel)
  const viva = await openViva({ config, logger, pages: noPages, development: false, ...options })
  const server = createHttpServer(viva.app.callback())
  const address = await listen(server, 0, '127.0.0.1')
  const port = Number(new URL(address).port)
  return {
    ...{ origin: `http://127.0.0.1:${port}`, port, dataDir },
    close: async () => {
      await viva.endStreams()
      await drain(server)
      await viva.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
