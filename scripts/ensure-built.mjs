import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BuildLock } from './build-lock.mjs'
import { buildFolder, newDraft, publishBuild, removeOldBuilds, useBuild } from './builds.mjs'
import { sourcesHash } from './sources-hash.mjs'

const root = resolve(import.meta.dirname, '..')
const lock = new BuildLock(resolve(root, 'node_modules/.viva/build.lock'))

/** Where the builds are. */
export const DIST = resolve(root, 'dist')

/**
 * Builds Viva unless there is a build of these very sources. Several processes may call this at once: one builds, the others wait.
 * No other build changes, and this one isn't removed as long as the process runs.
 * @param announce called before a build starts
 * @param waiting called with a line for the terminal, once for each other process whose build this one waits for, and when this process
 * can't be protected from a removal of its build
 * @returns the folder of the build
 */
export async function ensureBuilt({ announce = () => {}, waiting = () => {} } = {}) {
  let waitsFor
  for (;;) {
    const hash = await sourcesHash()
    const folder = buildFolder(DIST, hash)
    if (existsSync(folder)) {
      if (!(await useBuild(folder))) waiting(notMarked(folder))
      return folder
    }
    if (!(await lock.take())) {
      const holder = await lock.holder()
      if (holder !== undefined && holder !== waitsFor) {
        waitsFor = holder
        waiting(`Waiting for process ${holder}, which is building. If it isn't, delete ${lock.file}`)
      }
      await wait(200)
      continue
    }
    try {
      announce()
      await buildInto(folder, hash)
      await removeOldBuilds(DIST)
    } finally {
      await lock.release()
    }
  }
}

function notMarked(folder) {
  return (
    `This user can't write to ${folder}, so no one sees that it is used: it may be removed once there are four newer builds. ` +
    'To serve others, run a release: docs/operating.md'
  )
}

async function buildInto(folder, hash) {
  const draft = await newDraft(DIST)
  try {
    const { build } = await import('./vite-build.mjs')
    await build(draft)
    // One whose sources changed meanwhile may contain half of a change.
    if ((await sourcesHash()) === hash) await publishBuild(draft, folder)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Vitest's global setup for tests that run the built app: their processes inherit its place. */
export async function setup() {
  process.env.VIVA_BUILD = await ensureBuilt()
}
