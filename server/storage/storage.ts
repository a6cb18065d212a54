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
   * durable. Transactions of a sandbox run one after another, so `change` must wait for nothing but its draft.
   * @throws what `change` throws (nothing is stored then), or {StorageFull | StorageUnavailable}
   */
  transact<Result>(change: (draft: Draft) => Promise<Result>): Promise<Result>
  /** Back to the rows that a new sandbox has. */
  reset(): Promise<void>
  usage(): Promise<Usage>
}

/** The sandboxes of one server. */
export interface Storage {
  /** @returns null when there is no sandbox of that id, or when it was removed because nobody used it for long. */
  sandbox(id: string): Promise<SandboxStore | null>
  /** A new sandbox with the seeded rows, under an id that can't be guessed. */
  create(): Promise<SandboxStore>
  /** Resolves when the storage answers; throws otherwise. */
  ready(): Promise<void>
  /** Waits for the commits that run, then lets go of everything. */
  close(): Promise<void>
}

/** The sandbox that answers when nobody says which; it always exists. */
export const DEFAULT_SANDBOX = 'default'

/** 26 characters of a–z2–7 (130 bits), or `default`. */
export const SANDBOX_ID = /^(?:[a-z2-7]{26}|default)$/

/** The most that one sandbox may hold. */
export const LIMITS: Readonly<Usage> = { users: 200, bytes: 256 * 1024 }
