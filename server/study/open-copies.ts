import type Router from '@koa/router'
import type { Limits } from '../limits/limiter.ts'
import type { Storage } from '../storage/storage.ts'
import { Copies } from './copies.ts'
import { createStudyApi } from './study-api.ts'

const DAY_MS = 24 * 60 * 60 * 1_000
/** How often copies that no one uses any more are looked for. */
const SWEEP_INTERVAL_MS = 60 * 60 * 1_000

export interface OpenCopiesOptions {
  storage: Storage
  limits: Limits
  /** Days after which a copy that isn't used is deleted. */
  days: number
  /** Called when a sweep fails; the next one tries again. */
  report: (error: unknown) => void
}

/** Copies of study logs, put together. */
export interface OpenedCopies {
  router: Router
  close: () => Promise<void>
}

/** Puts the copies of study logs together, with what runs until `close`. */
export function openCopies({ storage, limits, days, report }: OpenCopiesOptions): OpenedCopies {
  const { events, time } = storage
  const copies = new Copies({ events, time, lifetimeMs: days * DAY_MS })
  let sweeping: Promise<void> | undefined
  const sweeper = setInterval(() => {
    sweeping ??= copies
      .sweep(report)
      .catch(report)
      .finally(() => (sweeping = undefined))
  }, SWEEP_INTERVAL_MS).unref()
  return {
    router: createStudyApi(copies, limits),
    close: async () => {
      clearInterval(sweeper)
      await sweeping
    },
  }
}
