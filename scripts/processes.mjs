import { readFile } from 'node:fs/promises'

/**
 * A process, as it is recorded in a file: its id and its start time, because ids are reused.
 * @returns `{ pid, began }`
 */
export async function thisProcess() {
  return { pid: process.pid, began: await startOf(process.pid) }
}

/** Whether the recorded process is still running. False for anything that isn't such a record. */
export async function isRunning(record) {
  if (typeof record?.pid !== 'number' || typeof record.began !== 'string') return false
  return isProcess(record.pid) && (await startOf(record.pid)) === record.began
}

/** Whether some process has this id. */
export function isProcess(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * The boot of the system and the process's start time within it: field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
 * @returns '' where the system doesn't report it: then only the id counts
 */
async function startOf(pid) {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return `${boot.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}
