import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import type { EventLog } from './event-log.ts'
import type { LivedTime } from './lived-time.ts'

/** One row of the table `users`, as it is stored. Never changed in place: a new version takes its place. */
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

/** What a sandbox holds, committed. It never changes: read again to see later commits. */
export interface Snapshot {
  /** Ascending by id. */
  readonly users: readonly UserRow[]
  /** The id that the next user gets. Ids are never used again. */
  readonly nextId: number
  /** Counts commits since the sandbox was seeded. */
  readonly revision: number
}

/** Changes of one transaction. They are seen by nobody else until all of them are committed. */
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
  /** What is committed now. */
  read(): Promise<Snapshot>
  /**
   * Runs `change` on a draft of the newest state and commits it: wholly or not at all. It settles after the commit is
   * durable. Transactions of a sandbox run one after another, so `change` must wait for nothing but its draft, and it may
   * be run again from its beginning when a database asks for that.
   * @throws what `change` throws (nothing is stored then), or {StorageFull | StorageUnavailable}
   */
  transact<Result>(change: (draft: Draft) => Promise<Result>): Promise<Result>
  /** Back to the rows that a new sandbox has. */
  reset(): Promise<void>
  usage(): Promise<Usage>
}

/** What a sandbox is like when it is moved from one storage to another. */
export interface ArchivedSandbox {
  id: string
  snapshot: Snapshot
}

/** What one server keeps: its sandboxes, and its streams of events. */
export interface Storage {
  readonly events: EventLog
  /** The time by which things are deleted, kept from one process to the next. */
  readonly time: LivedTime
  /** The processes that serve this storage. */
  readonly instances: Instances
  /** Where traces are kept that any instance may be asked for; without it, each process keeps its own. */
  readonly traces?: TraceTable
  /** The database's connections, for libraries that keep something of their own there. */
  readonly pool?: Pool

  /** @returns null when there is no sandbox of that id, or when it was removed because nobody used it for long. */
  sandbox(id: string): Promise<SandboxStore | null>
  /** A new sandbox with the seeded rows, under an id that can't be guessed. */
  create(): Promise<SandboxStore>
  /** Ids of all sandboxes. */
  sandboxIds(): Promise<string[]>
  /** Puts a sandbox here as it was elsewhere, in place of one that has its id. */
  restore(sandbox: ArchivedSandbox): Promise<void>
  /** Resolves when the storage answers; throws otherwise. */
  ready(): Promise<void>
  /** Waits for the commits that run, then lets go of everything. */
  close(): Promise<void>
}

/** The processes that share one storage. */
export interface Instances {
  /** Names this process, until it ends. */
  readonly me: string
  /** Those that showed themselves within the last seconds, this one among them. */
  alive(): Promise<ReadonlySet<string>>
}

/** A trace on its way to where every instance finds it. */
export interface SavedTrace {
  sandbox: string
  traceId: string
  spanId: string
  /** Milliseconds of the epoch. */
  startedAt: number
  /** JSON of the request's trace. */
  request: string
}

/** Traces that instances share. They are kept for a quarter of an hour, the last 120 of each sandbox. */
export interface TraceTable {
  save(traces: readonly SavedTrace[]): Promise<void>
  /** JSON of every request of this sandbox with this trace id, in the order in which they began. */
  find(sandbox: string, traceId: string): Promise<string[]>
}

/** The sandbox that answers when nobody says which; it always exists. */
export const DEFAULT_SANDBOX = 'default'

/** 26 characters of a–z2–7 (130 bits), or `default`. */
export const SANDBOX_ID = /^(?:[a-z2-7]{26}|default)$/

const ID_ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

export function newSandboxId(): string {
  return Array.from(randomBytes(26), (byte) => ID_ALPHABET[byte & 31]).join('')
}

/** The most that one sandbox may hold. */
export const LIMITS: Readonly<Usage> = { users: 200, bytes: 256 * 1024 }
