import { connectionNumbers } from './http/connection-numbers.ts'
import type { Reading } from './http/metrics.ts'
import { passwordQueue } from './pools/passwords.ts'
import { storageNumbers } from './storage/files/numbers.ts'

/** What `/metrics` reads from the parts of this process. */
export const readings: readonly Reading[] = [
  counter('viva_commits_total', 'Commits that are durable', () => storageNumbers.commits),
  counter('viva_commits_failed_total', 'Commits that failed', () => storageNumbers.failedCommits),
  counter('viva_commit_seconds_total', 'Time of all commits', () => storageNumbers.commitSeconds),
  gauge('viva_open_sandboxes', 'Sandboxes in memory', () => storageNumbers.openSandboxes),
  gauge('viva_connections', 'Connections that are open', () => connectionNumbers.open),
  counter('viva_slow_readers_closed_total', 'Connections closed because their client read too slowly', () => {
    return connectionNumbers.slowReadersClosed
  }),
  counter(
    'viva_connections_dropped_total',
    'Connections refused because the process had too many open',
    () => {
      return connectionNumbers.dropped
    },
  ),
  gauge('viva_password_queue', 'Passwords that are worked on or wait', () => passwordQueue().pending),
  counter('viva_passwords_refused_total', 'Passwords refused, the queue being full', () => {
    return passwordQueue().refused
  }),
  gauge('viva_password_seconds', 'How long one password takes, on average of the last ones', () => {
    return passwordQueue().meanMs / 1000
  }),
]

/** Streams of server-sent events. */
export function openStreams(read: () => number): Reading {
  return gauge('viva_open_streams', 'Event streams that are open', read)
}

/** Room on the disk of the data folder. */
export function freeDisk(read: () => number): Reading {
  return gauge('viva_disk_free_bytes', 'Bytes that may still be written to the disk of DATA_DIR', read)
}

function counter(name: string, help: string, read: () => number): Reading {
  return { name, help, kind: 'counter', read }
}

function gauge(name: string, help: string, read: () => number): Reading {
  return { name, help, kind: 'gauge', read }
}
