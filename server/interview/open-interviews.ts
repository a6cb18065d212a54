import { readFile } from 'node:fs/promises'
import type Router from '@koa/router'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import type { Limits } from '../limits/limiter.ts'
import type { SandboxGuard } from '../sandbox/sandbox-guard.ts'
import type { NewUserRow, SandboxStore, Storage } from '../storage/storage.ts'
import type { TraceKeeper } from '../trace/trace-log.ts'
import { createCandidateApi } from './candidate-api.ts'
import { EventStreams } from './event-streams.ts'
import { guardRooms } from './evidence.ts'
import { createInterviewApi } from './interview-api.ts'
import { Interviews, type RoomSandboxes } from './interviews.ts'
import { Lookups } from './lookups.ts'
import { RoomStreams } from './room-streams.ts'
import { Rooms } from './rooms.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** How often expired interviews are looked for. */
const SWEEP_INTERVAL_MS = 60 * 60 * 1_000

export interface OpenInterviewsOptions {
  storage: Storage
  traces: TraceKeeper
  limits: Limits
  /** Each lesson as a question, by slug. */
  questions: ReadonlyMap<string, LessonQuestion>
  /** Days after which an interview is deleted. */
  days: number
  /** What links begin with, if known. */
  publicUrl: string | null
  /** Rows of a new sandbox. */
  seed: readonly NewUserRow[]
  /** Restores the seeded rows, as the start of the project does. */
  reset: (store: SandboxStore) => Promise<void>
  /** Called when a sweep fails; the next one tries again. */
  report: (error: unknown) => void
}

/** The interview room, put together. */
export interface OpenedInterviews {
  routers: Router[]
  /** Guards the sandboxes of rooms. */
  guard: SandboxGuard
  /** Streams that are open. */
  readonly openStreams: number
  /** Ends the streams; resolves once it is recorded who is no longer connected. */
  endStreams: () => Promise<void>
  close: () => Promise<void>
}

/** Puts the interview room together: its routers, its guard of sandboxes, and what runs until `close`. */
export function openInterviews(options: OpenInterviewsOptions): OpenedInterviews {
  const { storage, traces, limits, questions, days, publicUrl, seed, reset, report } = options
  const { events } = storage
  const rooms = new Rooms(events, storage.instances)
  const lookups = new Lookups(events)
  const sandboxes = roomSandboxes(storage, seed, reset)
  const { time } = storage
  const interviews = new Interviews({
    events,
    rooms,
    lookups,
    sandboxes,
    questions,
    time,
    lifetimeMs: days * DAY_MS,
  })
  const open = new EventStreams()
  const streams = new RoomStreams(rooms, open)
  let sweeping: Promise<void> | undefined
  const sweeper = setInterval(() => {
    sweeping ??= interviews
      .sweep()
      .catch(report)
      .finally(() => (sweeping = undefined))
  }, SWEEP_INTERVAL_MS).unref()

  return {
    routers: [
      createInterviewApi({
        interviews,
        rooms,
        streams,
        traces,
        limits,
        publicUrl,
      }),
      createCandidateApi({ interviews, rooms, lookups, streams, sandboxes, limits }),
    ],
    guard: guardRooms({ rooms, lookups, traces, bytes: limits.interviewBytes }),
    get openStreams() {
      return open.size
    },
    endStreams: () => streams.close(),
    close: async () => {
      clearInterval(sweeper)
      await streams.close()
      await sweeping
      await rooms.close()
      interviews.close()
    },
  }
}

/**
 * Each lesson as a question, by slug.
 * @param file written by the build from the deck
 * @throws when it can't be read
 */
export async function readQuestions(file: string): Promise<ReadonlyMap<string, LessonQuestion>> {
  const questions = JSON.parse(await readFile(file, 'utf8')) as LessonQuestion[]
  return new Map(questions.map((question) => [question.slug, question]))
}

/** The sandboxes of a storage, as rooms use them. @param seed rows of a new one */
export function roomSandboxes(
  storage: Storage,
  seed: readonly NewUserRow[],
  reset: OpenInterviewsOptions['reset'],
): RoomSandboxes {
  const users = seed.map((row, index) => ({ id: index + 1, ...row }))
  return {
    create: () => storage.create(),
    find: (id) => storage.sandbox(id),
    restart: async (id) => {
      const store = await storage.sandbox(id)
      if (store !== null) await reset(store)
    },
    renew: (id) => storage.restore({ id, snapshot: { users, nextId: users.length + 1, revision: 0 } }),
  }
}
