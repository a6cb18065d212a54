import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { beganAt, isProcess } from '../../../scripts/processes.mjs'

/** Interval of heartbeats, for processes that can't look each other up, for example on another machine. */
export const HEARTBEAT_MS = 2_000

/** The process that holds a folder, as recorded in the lock. */
export const Holder = z.object({
  pid: z.int(),
  host: z.string(),
  /** Boot and PID namespace: two processes in the same place see each other's ids. */
  place: z.string(),
  /** Start time of the process in the system's own units: an id alone is reused by later processes. */
  began: z.string(),
  released: z.boolean(),
  /** Inode of the folder that it locks: a copy of the folder has another one. */
  folder: z.number().optional(),
})
export type Holder = z.infer<typeof Holder>

/** This process, as it is recorded in a lock. */
export function thisProcess(): Holder {
  return { pid: process.pid, host: hostname(), place: place(), began: beganAt(process.pid), released: false }
}

/**
 * Whether the process that wrote the lock is still running. One that can't be looked up from here proves it by touching its
 * file, and so does one whose start time the system doesn't report; waiting for that takes some seconds.
 */
export async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (holder.released) return false
  if (holder.place === place()) {
    if (!isProcess(holder.pid)) return false
    // macOS and Windows have no `/proc`, and there a later process with this id looks the same.
    if (holder.began !== '') return beganAt(holder.pid) === holder.began
  }
  const before = lastBeat(file)
  await sleep(2.5 * HEARTBEAT_MS)
  return lastBeat(file) !== before
}

function lastBeat(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
}

function place(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}
