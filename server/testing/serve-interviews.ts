import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openViva, type Viva } from '../compose.ts'
import { readConfig } from '../config/config.ts'
import { createLogger } from '../http/logger.ts'
import { createHttpServer, drain, listen } from '../listen.ts'

export interface InterviewServer {
  origin: string
  /** Ends it as SIGTERM does. */
  stop: () => Promise<void>
}

/** Where a server keeps everything: a folder, or a database. */
export type Place = { DATA_DIR: string } | { DATABASE_URL: string; JWT_SECRET: string }

/** An empty data folder that goes with the test. */
export async function newFolder(): Promise<Place> {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'viva-interview-'))
  onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true }))
  return { DATA_DIR }
}

/** The whole app on a port of the system's choice. @param days after which an interview goes; may be a part of one */
export async function interviewServer(place: Place, days?: number): Promise<InterviewServer> {
  const config = readConfig({ ...place })
  const viva: Viva = await openViva({
    config: days === undefined ? config : { ...config, interviewDays: days },
    logger: createLogger('silent'),
    pages: (_ctx, next) => next(),
    development: false,
  })
  const server = createHttpServer(viva.app.callback())
  const address = await listen(server, 0, '127.0.0.1')
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> =>
    (stopped ??= (async () => {
      await viva.endStreams()
      await drain(server)
      await viva.close()
    })())
  onTestFinished(stop)
  return { origin: address.replace('localhost', '127.0.0.1'), stop }
}
