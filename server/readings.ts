import type { Pool } from 'pg'
import { connectionNumbers } from './http/connection-numbers.ts'
import type { Reading } from './http/metrics.ts'
import { passwordQueue } from './pools/passwords.ts'
import { storageNumbers } from './storage/files/numbers.ts'
import type { Counts } from './storage/stored-counts.ts'

/** What `/metrics` reads from other modules. */
export const readings: readonly Reading[] = [
  counter('viva_commits_total', 'Commits that reached the disk', () => storageNumbers.commits),
  counter('viva_commits_failed_total', 'Commits that failed', () => storageNumbers.failedCommits),
  counter('viva_commit_seconds_total', 'Total time of all commits', () => storageNumbers.commitSeconds),
  gauge('viva_open_sandboxes', 'Sandboxes in memory', () => storageNumbers.openSandboxes),
  gauge(
    'viva_streams_backed_up_timestamp_seconds',
    'When all interviews and study copies were last backed up, in seconds since 1970; files only',
    () => storageNumbers.streamsBackedUpAt / 1000,
  ),
  gauge('viva_connections', 'Open connections', () => connectionNumbers.open),
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
  gauge('viva_password_queue', 'Passwords being hashed or waiting', () => passwordQueue().pending),
  counter('viva_passwords_refused_total', 'Passwords refused because the queue was full', () => {
    return passwordQueue().refused
  }),
  gauge('viva_password_seconds', 'Average time to hash one of the most recent passwords', () => {
    return passwordQueue().meanMs / 1000
  }),
]

/** Streams of server-sent events. */
export function openStreams(read: () => number): Reading {
  return gauge('viva_open_streams', 'Open event streams', read)
}

/** How busy the connections to the database are; not a number without a database. */
export function databasePool(pool: Pool | undefined): Reading[] {
  return [
    gauge('viva_database_connections', 'Open connections to PostgreSQL', () => pool?.totalCount ?? NaN),
    gauge('viva_database_connections_idle', 'Those of them that nothing uses', () => pool?.idleCount ?? NaN),
    gauge('viva_database_waiting', 'Statements and transactions that wait for a connection', () => {
      return pool?.waitingCount ?? NaN
    }),
  ]
}

/** What is stored, on all instances together; not a number before the first count. */
export function storedCounts(read: () => Counts | undefined): Reading[] {
  return [
    gauge('viva_sandboxes', 'Sandboxes stored', () => read()?.sandboxes ?? NaN),
    gauge('viva_interviews', 'Interviews stored', () => read()?.interviews ?? NaN),
    gauge('viva_rooms', 'Rooms of interviews stored', () => read()?.rooms ?? NaN),
    gauge('viva_study_copies', 'Study copies stored', () => read()?.studyCopies ?? NaN),
  ]
}

/** Free space on the disk of the data folder. */
export function freeDisk(read: () => number): Reading {
  return gauge('viva_disk_free_bytes', 'Free bytes on the disk of DATA_DIR', read)
}

function counter(name: string, help: string, read: () => number): Reading {
  return { name, help, kind: 'counter', read }
}

function gauge(name: string, help: string, read: () => number): Reading {
  return { name, help, kind: 'gauge', read }
}
