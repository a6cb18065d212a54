import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { isBuilt } from './stamp.mjs'

const lock = resolve(import.meta.dirname, '../node_modules/.viva/build.lock')

/**
 * Builds `dist/` when it wasn't made from these very sources. Several processes may ask at once: one builds, the others wait.
 * @param announce called once before a build begins
 */
export async function ensureBuilt(announce = () => {}) {
  while (!(await isBuilt())) {
    if (!(await takeLock())) {
      await wait(200)
      continue
    }
    try {
      announce()
      const { build } = await import('./build.mjs')
      await build()
      return
    } finally {
      await rm(lock, { force: true })
    }
  }
}

async function takeLock() {
  await mkdir(resolve(lock, '..'), { recursive: true })
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''))
    if (holder > 0 && !isAlive(holder)) await rm(lock, { force: true })
    return false
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
