import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { serveViva } from './serve-viva.ts'

export interface InterviewServer {
  origin: string
  /** Ends it as SIGTERM does. */
  stop: () => Promise<void>
}

/** Where a server keeps everything: a folder or a database. */
export type Place = { DATA_DIR: string } | { DATABASE_URL: string; JWT_SECRET: string }

/** An empty data folder that is deleted after the test. */
export async function newFolder(): Promise<Place> {
  const DATA_DIR = await mkdtemp(join(tmpdir(), 'viva-interview-'))
  onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true }))
  return { DATA_DIR }
}

/**
 * The whole app for one test, ended after it. Several may run one after another in the same place, or at once on a database.
 * @param interviewDays days after which an interview is deleted; may be a fraction
 */
export async function interviewServer(place: Place, interviewDays?: number): Promise<InterviewServer> {
  const { origin, close } = await serveViva({ ...place }, { interviewDays })
  let stopped: Promise<void> | undefined
  const stop = (): Promise<void> => (stopped ??= close())
  onTestFinished(stop)
  return { origin, stop }
}
