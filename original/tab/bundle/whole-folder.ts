import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isProcess } from '../../../scripts/processes.mjs'

/** `.name.pid`, which no server serves: a folder that a process is still making, or that it left when it was killed. */
const UNFINISHED = /^\..+\.(\d+)$/

/** Makes a folder in one step: what is there is whole, and of two processes the first one's stays. */
export async function makeWhole(folder: string, make: (unfinished: string) => Promise<void>): Promise<void> {
  const unfinished = join(dirname(folder), `.${basename(folder)}.${process.pid}`)
  await mkdir(unfinished, { recursive: true })
  try {
    await make(unfinished)
    await rename(unfinished, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** Deletes what processes left in a folder that were killed while they made something in it. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number(UNFINISHED.exec(name)?.[1])
    if (pid > 0 && !isProcess(pid)) await rm(join(folder, name), { recursive: true, force: true })
  }
}
