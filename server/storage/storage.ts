import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { EventLog } from './event-log.ts'
import type { TrustedTime } from './trusted-time.ts'

/** One row of the table `users`, as it is stored. Never changed in place: a new version replaces it. */
export interface UserRow {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly age: number | null
  readonly bio: string | null
  /** ISO 8601, UTC. */
  readonly created_at: string
  readonly hashed_password: string
}

export type NewUserRow = Omit<UserRow, 'id'>

/** The committed contents of a sandbox. It never changes: read again to see later commits. */
export interface Snapshot {
  /** Ascending by id. */
  readonly users: readonly UserRow[]
  /** The id that the next user gets. Ids are never reused. */
  readonly nextId: number
  /** Number of commits since the sandbox was seeded. */
  readonly revision: number
}

/** The changes of one transaction. No one else sees them until all of them are committed. */
export interface Draft {
  /** @throws {UniqueViolation | QuotaExceeded} */
  insertUser(values: NewUserRow): Promise<UserRow>
  /**
   * @returns the new version
   * @throws {UniqueViolation | QuotaExceeded | RowGone}
   */
  updateUser(id: number, values: Partial<NewUserRow>): Promise<UserRow>
  /** @throws {RowGone} */
  deleteUser(id: number): Promise<void>
}

export interface Usage {
  users: number
  /** Bytes of the stored rows. */
  bytes: number
}

/** Every operation throws `StorageUnavailable` when the disk or the database doesn't answer. */
export interface SandboxStore {
  readonly id: string
  /** The contents as last committed. */
  read(): Promise<Snapshot>
  /**
   * Runs `change` on a draft of the newest state and commits all of it or nothing. It settles once the commit is durable.
   * Transactions of a sandbox run one after another, so `change` must wait for nothing but its draft, and it may run again
   * from its beginning when a database asks for that.
   * @throws what `change` throws (then nothing is stored), or {StorageFull | StorageUnavailable}
   */
  transact<Result>(change: (draft: Draft) => Promise<Result>): Promise<Result>
  /** Restores the rows that a new sandbox has. */
  reset(): Promise<void>
  usage(): Promise<Usage>
}

/** A sandbox on its way from one storage to another. */
export interface ArchivedSandbox {
  id: string
  snapshot: Snapshot
}

/** Everything that a server stores: sandboxes and streams of events. */
export interface Storage {
  readonly events: EventLog
  /** The time that deletions go by, saved from one process to the next. */
  readonly time: TrustedTime
  /** The processes that share this storage. */
  readonly instances: Instances
  /** Traces that any instance can look up; without it, each process keeps its own. */
  readonly traces?: TraceTable
  /** The database's connections, for libraries that keep their own tables there. */
  readonly pool?: Pool

  /** @returns null when there is no sandbox with that id, or it was removed because it had not been used for a long time. */
  sandbox(id: string): Promise<SandboxStore | null>
  /** Creates a sandbox with the seeded rows, under an id that can't be guessed. */
  create(): Promise<SandboxStore>
  /** Ids of all sandboxes. */
  sandboxIds(): Promise<string[]>
  /** Stores a sandbox as it was in another storage, replacing one with the same id. */
  restore(sandbox: ArchivedSandbox): Promise<void>
  /** Resolves when the storage accepts writes; throws otherwise. */
  ready(): Promise<void>
  /** Waits for running commits, then releases everything. */
  close(): Promise<void>
}

/** The processes that share one storage. */
export interface Instances {
  /** Identifies this process, until it ends. */
  readonly me: string
  /** Those that sent a heartbeat within the last seconds, including this one. */
  alive(): Promise<ReadonlySet<string>>
}

/** A trace to be shared with every instance. */
export interface SavedTrace {
  sandbox: string
  traceId: string
  spanId: string
  /** Milliseconds since 1970. */
  startedAt: number
  /** JSON of the request's trace. */
  request: string
}

/** Traces that instances share. They are kept for 15 minutes, the last 120 of each sandbox. */
export interface TraceTable {
  save(traces: readonly SavedTrace[]): Promise<void>
  /** JSON of every request of this sandbox with this trace id, in the order they started. */
  find(sandbox: string, traceId: string): Promise<string[]>
}

/** The sandbox for requests that don't name one; it always exists. */
export const DEFAULT_SANDBOX = 'default'

/** 26 characters of a–z2–7 (130 bits), or `default`. */
export const SANDBOX_ID = /^(?:[a-z2-7]{26}|default)$/

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** A random id of 130 bits, which can't be guessed. */
export function newSandboxId(): string {
  return Array.from(randomBytes(26), (byte) => ID_ALPHABET[byte & 31]).join('')
}

/** The most that one sandbox may hold. */
export const SANDBOX_LIMITS: Readonly<Usage> = { users: 200, bytes: 256 * 1024 }
