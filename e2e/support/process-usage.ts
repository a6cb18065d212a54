import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { App } from './app.ts'

/** Resident memory of the app's process in bytes; undefined where the system doesn't report it. */
export async function memoryOf({ process: { pid } }: App): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}

/** Number of descriptors that the app has open; undefined where the system doesn't report it. */
export function descriptorsOf({ process: { pid } }: App): number | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return undefined
  }
}
