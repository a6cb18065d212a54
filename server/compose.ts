import type Koa from 'koa'
import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import { SharedTraces } from './trace/shared-traces.ts'
import { createTracesApi } from './api/traces.ts'
import { createApp } from './app.ts'
import { createBurstApi } from './api/burst.ts'
import { createCrossOriginApi } from './api/cross-origin.ts'
import { createOriginalApi } from './api/original.ts'
import type { Config } from './config/config.ts'
import { MAX_BODY_BYTES } from './http/body-limits.ts'
import { originalFiles } from './http/original-files.ts'
import { createMetrics } from './http/metrics.ts'
import { routeOf } from './http/route-of.ts'
import { openInterviews } from './interview/open-interviews.ts'
import type { Limits } from './limits/limiter.ts'
import { memoryLimits } from './limits/memory-limits.ts'
import { postgresLimits } from './limits/postgres-limits.ts'
import { mountProject } from './mount-project.ts'
import { databasePool, freeDisk, openStreams, readings, storedCounts } from './readings.ts'
import { closePasswords, openPasswords } from './pools/passwords.ts'
import { lifespan } from './project/main.ts'
import { PEOPLE, seededRows } from './project/seed.ts'
import { startUp } from './project/start-up.ts'
import { openCopies } from './study/open-copies.ts'
import { answerRefusals } from './sandbox/answer-refusals.ts'
import { chooseSandbox } from './sandbox/choose-sandbox.ts'
import { createSandboxApi } from './api/sandbox.ts'
import { systemClock, type Clock } from './storage/trusted-time.ts'
import { FreeDisk } from './storage/files/free-disk.ts'
import type { SandboxStore, Storage } from './storage/storage.ts'
import { countStored, StoredCounts } from './storage/stored-counts.ts'
import { TraceLog } from './trace/trace-log.ts'
import { version } from '../package.json'

export interface VivaOptions {
  config: Config
  logger: Logger
  /** The web app's pages and files. */
  pages: Middleware
  /** Names the build of these pages, if they are built. */
  build?: string | undefined
  /** The folder in which the original for the tab is, or will be once it is built. */
  originalFolder?: string
  development: boolean
  /** False for measuring what tracing costs: no trace is recorded then. */
  tracing?: boolean
  /** The interview question of each lesson, by slug; without it, interviews have only questions that interviewers write. */
  questions?: ReadonlyMap<string, LessonQuestion>
  /** By default counted in memory, or in the database that instances share. */
  limits?: Limits
  /** The system's clock by default. */
  clock?: Clock
}

export interface Viva {
  app: Koa
  /** From now on `/readyz` says that the process is about to stop; everything else is answered as before. */
  announceStop: () => void
  /** Ends open event streams. Call it before draining, which would wait for them. */
  endStreams: () => Promise<void>
  /** Ends workers and storage; resolves when everything acknowledged is on disk. */
  close: () => Promise<void>
}

/** Opens the storage and wires the app together. Production, development and tests all start here. */
export async function openViva(options: VivaOptions): Promise<Viva> {
  const { config, logger, pages, development, tracing = true } = options
  const { clock = systemClock } = options
  const storage = await lifespan({ ...config, clock })
  const limits = options.limits ?? limitsOf(storage, config)
  openPasswords(config.passwordLimits)
  const shared = storage.traces && new SharedTraces(storage.traces)
  const traces = shared ?? new TraceLog()
  const refusals = answerRefusals(({ name, message }, ctx) => {
    logger.error({ id: ctx.state.requestId as unknown, fault: name }, message)
  })
  const reset = async (store: SandboxStore): Promise<void> => traces.add(await startUp(store))
  const interviews = openInterviews({
    ...{ storage, traces, limits, days: config.interviewDays, seed: seededRows, reset },
    publicUrl: config.publicUrl ?? null,
    questions: options.questions ?? new Map<string, LessonQuestion>(),
    report: (error) => logger.error({ fault: (error as Error).name }, 'deleting expired interviews failed'),
  })
  const copies = openCopies({
    ...{ storage, limits, days: config.studyDays },
    report: (error) => logger.error({ fault: (error as Error).name }, 'deleting unused study copies failed'),
  })
  const { guard } = interviews
  const counts = new StoredCounts(() => countStored(storage))
  const disk =
    config.databaseUrl === undefined
      ? new FreeDisk({
          folder: config.dataDir,
          warnBelowBytes: config.diskWarningBytes,
          warn: (freeBytes) => logger.warn({ freeBytes }, 'the disk of DATA_DIR is almost full'),
        })
      : undefined
  const project = mountProject({
    secret: config.jwtSecret,
    logins: limits.logins,
    traces: tracing ? traces : undefined,
    before: [
      refusals,
      chooseSandbox({ storage, fresh: 'stale', creations: limits.sandboxes, guard: guard.record }),
    ],
    bodyLimit: MAX_BODY_BYTES,
  })
  const original = options.originalFolder === undefined ? undefined : originalFiles(options.originalFolder)
  const people = PEOPLE.map(({ name, email, password }, index) => ({ id: index + 1, name, email, password }))
  let isStopping = false
  const app = createApp({
    logger,
    development,
    trustProxy: config.trustProxy,
    publicUrl: config.publicUrl,
    requests: limits.requests,
    metrics: createMetrics({
      readings: [
        ...readings,
        ...databasePool(storage.pool),
        ...storedCounts(() => counts.latest),
        openStreams(() => interviews.openStreams),
        freeDisk(() => disk?.bytes ?? NaN),
      ],
      routeOf: routeOf(project.templateOf),
      token: config.metricsToken,
      isPublic: config.publicUrl !== undefined,
      build: { version, build: options.build ?? 'none', node: process.version },
    }),
    ready: () => storage.ready(),
    isStopping: () => isStopping,
    refusals,
    routers: [
      createSandboxApi({
        ...{ storage, people, guard, reset, creations: limits.sandboxes },
      }),
      createBurstApi({ storage, limits, guard }),
      createCrossOriginApi({ storage, limits, guard }),
      createTracesApi({ storage, traces, guard }),
      createOriginalApi(() => original?.state() ?? { state: 'absent' }),
      ...interviews.routers,
      copies.router,
    ],
    twin: project.middleware,
    pages,
    original: original?.middleware,
    build: options.build,
  })
  return {
    app,
    announceStop: () => {
      isStopping = true
    },
    endStreams: () => interviews.endStreams(),
    close: async () => {
      await interviews.close()
      await copies.close()
      await closePasswords()
      await shared?.close()
      disk?.close()
      counts.close()
      await storage.close()
    },
  }
}

/** Instances that share a database count together; a single process counts in memory. */
function limitsOf({ pool }: Storage, { rateLimit, hourlyLimits }: Config): Limits {
  return pool === undefined
    ? memoryLimits(rateLimit, hourlyLimits)
    : postgresLimits(pool, rateLimit, hourlyLimits)
}
