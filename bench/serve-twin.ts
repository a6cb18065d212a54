import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { openViva } from '../server/compose.ts'
import { readConfig } from '../server/config/config.ts'
import { createLogger } from '../server/http/logger.ts'
import { createHttpServer, listen } from '../server/listen.ts'

/**
 * The app in a process of its own: `serve-twin.js <data folder> <traced | untraced>`, with LOG_LEVEL and RATE_LIMIT. It sends the port to its parent, replies
 * to each message with the CPU time that it has used, and exits when the parent disconnects.
 */
const [dataDir, tracing] = process.argv.slice(2)
// As server/index.ts does.
setFlagsFromString('--no-allocation-site-pretenuring')
const { LOG_LEVEL, RATE_LIMIT } = process.env
const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL, RATE_LIMIT })
const viva = await openViva({
  config,
  logger: createLogger(config.logLevel),
  pages: (_ctx, next) => next(),
  development: false,
  tracing: tracing !== 'untraced',
})
const server = createHttpServer(viva.app.callback())
await listen(server, 0, '127.0.0.1')

process.on('message', () => process.send?.(process.cpuUsage()))
process.on('disconnect', () => {
  server.closeAllConnections()
  void viva.close().then(() => process.exit(0))
})
process.send?.((server.address() as AddressInfo).port)
