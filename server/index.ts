import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { openViva } from './compose.ts'
import { configWarnings, readConfig } from './config/config.ts'
import { createLogger } from './http/logger.ts'
import { builtPages } from './http/pages.ts'
import { readQuestions } from './interview/open-interviews.ts'
import { createHttpServer, drain, listen } from './listen.ts'
import { startFaultText } from './config/start-fault.ts'
import { version } from '../package.json'

async function main(): Promise<void> {
  // By default, V8 allocates objects of a kind that has mostly survived directly in the old space, and traces of recent requests
  // look like that. Garbage there keeps young objects alive, and requests pay for copying them.
  setFlagsFromString('--no-allocation-site-pretenuring')
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel)
  for (const warning of configWarnings(config)) logger.warn(warning)
  const client = fileURLToPath(new URL('../client', import.meta.url))
  const build = await readFile(join(client, '.build'), 'utf8')
  const pages = builtPages(client, { build, offline: config.offline })
  const originalFolder = fileURLToPath(new URL('../../original', import.meta.url))
  const questions = await readQuestions(join(client, 'interview-questions.json'))
  const viva = await openViva({
    ...{ config, logger, pages, build, questions, originalFolder },
    development: false,
  })
  const server = createHttpServer(viva.app.callback(), {
    perAddress: config.connectionLimit,
    trustProxy: config.trustProxy,
    report: (error) => logger.error({ fault: error.name }, `accepting a connection failed: ${error.message}`),
  })
  const address = await listen(server, config.port, config.host)
  process.stdout.write(`Viva is at ${address}\n`)
  const { host, port, trustProxy, publicUrl, databaseUrl } = config
  const storage = databaseUrl === undefined ? 'files' : 'PostgreSQL'
  logger.info(
    { version, build, node: process.version, storage, host, port, trustProxy, publicUrl },
    'listening',
  )

  let stopping = false
  const delay = new AbortController()
  const stop = async (): Promise<void> => {
    if (stopping) return delay.abort()
    stopping = true
    logger.info('shutting down')
    viva.announceStop()
    await sleep(config.shutdownDelayMs, undefined, { signal: delay.signal }).catch(() => undefined)
    await viva.endStreams()
    await drain(server)
    await viva.close()
    logger.info('stopped')
    process.exit(0)
  }
  // SIGHUP is what a terminal sends when it is closed.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop())
}

main().catch((error: unknown) => {
  process.stderr.write(startFaultText(error))
  process.exit(1)
})
