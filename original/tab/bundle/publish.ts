import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { setPriority } from 'node:os'
import { join, resolve } from 'node:path'
import { originalName, PREPARING } from '../../../scripts/original-name.mjs'
import { processRecord } from '../../../scripts/processes.mjs'
import { makeBundle } from './build.ts'
import { compressAll } from './compress.ts'
import { fetchWheels, LOCK, makeLock, NoWheels } from './wheels.ts'
import { makeWhole, removeUnfinished } from './whole-folder.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const CACHE = join(ROOT, 'node_modules/.cache/viva-original')
/** Where the server looks. */
const PUBLISHED = join(ROOT, 'dist/original')

/** A bundle as it is, for Node, and how a server has it. */
export interface Bundle {
  /** Such as `314.0.7-3f8a12c0`. */
  name: string
  /** The folder with its files uncompressed. */
  folder: string
}

/**
 * The bundle of these sources, from the cache or made now.
 * @throws NoWheels when this machine can't get what it is made from
 */
export async function ensureBundle(): Promise<Bundle> {
  const name = originalName()
  const folder = join(CACHE, name)
  if (!existsSync(folder)) {
    const wheels = await fetchWheels(CACHE)
    await makeWhole(folder, (unfinished) => makeBundle(wheels, unfinished))
  }
  return { name, folder }
}

/**
 * Puts the compressed bundle where the server finds it, made anew only if the cache doesn't have it.
 * @param options.background it gives way to everything else on the machine, and a machine that can't make it is no failure
 * @returns an exit code
 */
export async function publish({ background = false } = {}): Promise<number> {
  if (background) setPriority(19)
  const marker = join(PUBLISHED, PREPARING)
  const me = JSON.stringify(processRecord())
  try {
    await mkdir(PUBLISHED, { recursive: true })
    await writeFile(marker, me)
    for (const each of [CACHE, PUBLISHED]) await removeUnfinished(each)
    const { name, folder } = await ensureBundle()
    const compressed = join(CACHE, `${name}-compressed`)
    if (!existsSync(compressed)) await makeWhole(compressed, (unfinished) => compressAll(folder, unfinished))
    const target = join(PUBLISHED, name)
    if (!existsSync(target))
      await makeWhole(target, (unfinished) => cp(compressed, unfinished, { recursive: true }))
    for (const other of await readdir(PUBLISHED))
      // Another process may still be making what begins with a dot.
      if (other !== name && other !== PREPARING && !other.startsWith('.'))
        await rm(join(PUBLISHED, other), { recursive: true })
    process.stderr.write(`The original for the tab is ready (${name})\n`)
    return 0
  } catch (error) {
    if (!(error instanceof NoWheels)) throw error
    process.stderr.write(`The original for the tab is left out: ${error.message}\n`)
    return background ? 0 : 1
  } finally {
    const builder = await readFile(marker, 'utf8').catch(() => '')
    if (builder === me) await rm(marker, { force: true })
  }
}

/** Finds the wheels again, after a change of `requirements.txt`. @returns an exit code */
export async function writeLock(): Promise<number> {
  await writeFile(LOCK, await makeLock(CACHE))
  return 0
}
