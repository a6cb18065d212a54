import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BuildLock } from './build-lock.mjs'
import { isBuilt } from './stamp.mjs'

const lock = new BuildLock(resolve(import.meta.dirname, '../node_modules/.viva/build.lock'))

/**
 * Builds `dist/` unless it was made from these very sources. Several processes may call this at once: one builds, the others wait.
 * @param announce called once before a build starts
 * @param waiting called with the process id of each other build that this one waits for
 */
export async function ensureBuilt({ announce = () => {}, waiting = () => {} } = {}) {
  let waitsFor
  while (!(await isBuilt())) {
    if (!(await lock.take())) {
      const holder = await lock.holder()
      if (holder !== undefined && holder !== waitsFor) waiting((waitsFor = holder))
      await wait(200)
      continue
    }
    try {
      announce()
      const { build } = await import('./build.mjs')
      await build()
      return
    } finally {
      await lock.release()
    }
  }
}

/** Vitest's global setup for tests that run the built app. */
export async function setup() {
  await ensureBuilt()
}
