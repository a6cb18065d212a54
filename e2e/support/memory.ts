import { readFile } from 'node:fs/promises'
import type { App } from './app.ts'

/** Bytes that the process of the app holds now; undefined where the system doesn't tell. */
export async function memoryOf({ process: { pid } }: App): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(status)?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}
