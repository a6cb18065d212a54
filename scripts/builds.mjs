import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { notWritable } from './build-lock.mjs'
import { isProcess, isRunning, processRecord } from './processes.mjs'

/**
 * Builds lie side by side in `dist/`, each named after a hash of what it was made from. A build gets its name once it is complete
 * and never changes after that, so building doesn't touch a server that runs from another one.
 */
const NAME = /^[0-9a-f]{16}$/
const DRAFT = /^\.draft-(\d+)-/
/** Within a build, a file for each process that uses it. */
const USERS = '.users'
/** The newest unused builds stay, so that going back to another deck or branch needs no build. */
const KEPT_UNUSED = 4

/** The folder of the build with this hash, whether it exists or not. */
export function buildFolder(dist, hash) {
  return join(dist, hash.slice(0, 16))
}

/** The build that was made or used last; undefined when there is none. */
export async function newestBuild(dist) {
  return (await buildsIn(dist))[0]
}

/**
 * An empty folder to build into. Each has a name of its own: the build imports modules from it, and Node would give a second build of this
 * process those of the first.
 * @throws with one line that says what to do when `dist` can't be written
 */
export async function newDraft(dist) {
  const draft = draftIn(dist)
  try {
    await mkdir(draft, { recursive: true })
  } catch (error) {
    throw notWritable(dist, error)
  }
  return draft
}

/** Makes a draft the build `folder`, unless another process was quicker. */
export async function publishBuild(draft, folder) {
  await rename(draft, folder).catch((error) => {
    if (!existsSync(folder)) throw error
  })
}

/**
 * Marks a build as used by this process.
 * @returns false when this user may not write there: then others don't know of it, and may remove the build
 */
export async function useBuild(folder) {
  const file = join(folder, USERS, String(process.pid))
  try {
    await mkdir(join(folder, USERS), { recursive: true })
    await writeFile(file, JSON.stringify(processRecord()))
    await utimes(folder, new Date(), new Date())
    process.once('exit', () => rmSync(file, { force: true }))
    return true
  } catch {
    return false
  }
}

/** Removes builds that no running process uses, except the newest few, and what interrupted builds left behind. */
export async function removeOldBuilds(dist) {
  const unused = []
  for (const build of await buildsIn(dist)) if (!(await isUsed(build))) unused.push(build)
  for (const build of unused.slice(KEPT_UNUSED)) await removeWhole(dist, build)
  for (const name of await readdir(dist)) {
    const pid = DRAFT.exec(name)?.[1]
    if (pid !== undefined && !isProcess(Number(pid)))
      await rm(join(dist, name), { recursive: true, force: true })
  }
}

function draftIn(dist) {
  return join(dist, `.draft-${process.pid}-${randomUUID()}`)
}

/** Newest first. */
async function buildsIn(dist) {
  const names = (await readdir(dist).catch(() => [])).filter((name) => NAME.test(name))
  const builds = names.map(async (name) => {
    const folder = join(dist, name)
    return { folder, time: (await stat(folder)).mtimeMs }
  })
  return (await Promise.all(builds)).sort((a, b) => b.time - a.time).map(({ folder }) => folder)
}

/** Also removes the marks of processes that ended without a chance to do so. */
async function isUsed(build) {
  let used = false
  for (const name of await readdir(join(build, USERS)).catch(() => [])) {
    const file = join(build, USERS, name)
    const record = await readFile(file, 'utf8')
      .then(JSON.parse)
      .catch(() => undefined)
    if (isRunning(record)) used = true
    else await rm(file, { force: true })
  }
  return used
}

/** By way of another name: half a build must never look like a build. Windows refuses this while a file of it is open. */
async function removeWhole(dist, build) {
  const away = draftIn(dist)
  try {
    await rename(build, away)
    await rm(away, { recursive: true })
  } catch {
    // It is tried again after the next build.
  }
}
