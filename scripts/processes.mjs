import { readFileSync } from 'node:fs'

/**
 * A process, as it is recorded in a file: its id and its start time, because ids are reused.
 * @returns `{ pid, began }`
 */
export function processRecord(pid = process.pid) {
  return { pid, began: `${bootId()} ${beganAt(pid)}`.trim() }
}

/** Whether the recorded process is still running. False for anything that isn't such a record. */
export function isRunning(record) {
  const { pid, began } = record ?? {}
  if (!Number.isSafeInteger(pid) || pid <= 0 || typeof began !== 'string') return false
  return isProcess(pid) && processRecord(pid).began === began
}

/** Whether some process has this id. It may be another user's. */
export function isProcess(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Start time of a process within the boot, in the system's own units: fields 3 and 22 of
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html; the name before them may hold spaces.
 * @returns '' for a process that has ended but was not reaped yet, and where the system doesn't report it: then only the id counts
 */
export function beganAt(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? '' : (fields[19] ?? '')
  } catch {
    return ''
  }
}

function bootId() {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return ''
  }
}
