import { fileURLToPath } from 'node:url'
import { openViva } from './compose.ts'
import { readConfig } from './config.ts'
import { createLogger } from './http/logger.ts'
import { builtPages } from './http/pages.ts'
import { createHttpServer, drain, listen } from './listen.ts'
import { startFaultText } from './start-fault.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const logger = createLogger(config.logLevel)
  const pages = await builtPages(fileURLToPath(new URL('../client', import.meta.url)))
  const viva = await openViva({ config, logger, pages, development: false })
  const server = createHttpServer(viva.app.callback())
  const address = await listen(server, config.port, config.host)
  process.stdout.write(`Viva is at ${address}\n`)

  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) return
    stopping = true
    logger.info('draining')
    await drain(server)
    await viva.close()
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

main().catch((error: unknown) => {
  process.stderr.write(startFaultText(error))
  process.exit(1)
})
