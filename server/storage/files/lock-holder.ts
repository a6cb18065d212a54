import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** Milliseconds between two signs of life, for processes that can't look each other up: on another machine, say. */
export const HEARTBEAT = 2_000

/** The process that holds a folder, as it writes itself down. */
export const Holder = z.object({
  pid: z.int(),
  host: z.string(),
  /** Two processes of one place see each other's ids. */
  place: z.string(),
  /** When the process began, by the system's own count; an id alone is given again to later processes. */
  began: z.string(),
  released: z.boolean(),
})
export type Holder = z.infer<typeof Holder>

export function thisProcess(): Holder {
  return { pid: process.pid, host: hostname(), place: place(), began: beganAt(process.pid), released: false }
}

/**
 * Whether the process that wrote the lock still runs. One that can't be looked up from here shows it by touching its file;
 * waiting for that takes some seconds.
 */
export async function isAlive(holder: Holder, file: string): Promise<boolean> {
  if (holder.released) return false
  if (holder.place === place()) return isRunning(holder.pid) && beganAt(holder.pid) === holder.began
  const before = lastBeat(file)
  await sleep(2.5 * HEARTBEAT)
  return lastBeat(file) !== before
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
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

/**
 * Fields 3 and 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before them may hold spaces.
 * @returns '' for a process that is over, though nobody asked yet how it ended, and where there is no such file
 */
function beganAt(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? '' : (fields[19] ?? '')
  } catch {
    return ''
  }
}
