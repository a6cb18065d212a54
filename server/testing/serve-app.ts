import type { RequestListener } from 'node:http'
import { createHttpServer, drain, listen } from '../listen.ts'

export interface ServedApp {
  origin: string
  port: number
  /** Ends it as SIGTERM does. */
  close: () => Promise<void>
}

/** Serves an app on a free port of loopback, as `server/index.ts` does. */
export async function serveApp(listener: RequestListener): Promise<ServedApp> {
  const server = createHttpServer(listener)
  const { port } = new URL(await listen(server, 0, '127.0.0.1'))
  return { origin: `http://127.0.0.1:${port}`, port: Number(port), close: () => drain(server) }
}
