import { QuotaExceeded, RowGone, UniqueViolation } from './errors.ts'
import { LIMITS, type Draft, type NewUserRow, type Snapshot, type Usage, type UserRow } from './storage.ts'

/** One transaction's changes on a copy: the snapshot that it began with stays as it is. */
export class JsonDraft implements Draft {
  #users: UserRow[]
  #nextId: number
  #bytes: number
  #revision: number
  #touched = false

  constructor(base: Snapshot) {
    this.#users = [...base.users]
    this.#nextId = base.nextId
    this.#revision = base.revision
    this.#bytes = usageOf(base).bytes
  }

  async insertUser(values: NewUserRow): Promise<UserRow> {
    const row = userRow(this.#nextId, values)
    this.#checkUnique(row)
    this.#checkQuota(this.#users.length + 1, bytesOf(row))
    this.#nextId += 1
    this.#users.push(row)
    this.#touched = true
    return row
  }

  async updateUser(id: number, values: Partial<NewUserRow>): Promise<UserRow> {
    const before = this.#find(id)
    const row = userRow(id, { ...before, ...values })
    this.#checkUnique(row)
    this.#checkQuota(this.#users.length, bytesOf(row) - bytesOf(before))
    this.#users[this.#users.indexOf(before)] = row
    this.#touched = true
    return row
  }

  async deleteUser(id: number): Promise<void> {
    const row = this.#find(id)
    this.#users.splice(this.#users.indexOf(row), 1)
    this.#bytes -= bytesOf(row)
    this.#touched = true
  }

  /** The state with all changes, or null when there are none. */
  result(): Snapshot | null {
    if (!this.#touched) return null
    return snapshotOf(this.#users, this.#nextId, this.#revision + 1, this.#bytes)
  }

  #find(id: number): UserRow {
    const row = this.#users.find((user) => user.id === id)
    if (row === undefined) throw new RowGone('users', id)
    return row
  }

  #checkUnique({ id, email }: UserRow): void {
    if (this.#users.some((user) => user.email === email && user.id !== id)) {
      throw new UniqueViolation('users', 'email')
    }
  }

  #checkQuota(users: number, moreBytes: number): void {
    if (users > LIMITS.users) {
      throw new QuotaExceeded(`A sandbox holds at most ${LIMITS.users} users: delete some, or reset it`)
    }
    if (this.#bytes + moreBytes > LIMITS.bytes) {
      throw new QuotaExceeded(`A sandbox holds at most ${LIMITS.bytes / 1024} KB: delete users, or reset it`)
    }
    this.#bytes += moreBytes
  }
}

/** What a new or a reset sandbox holds. */
export function seeded(rows: readonly NewUserRow[]): Snapshot {
  return snapshotOf(
    rows.map((values, index) => userRow(index + 1, values)),
    rows.length + 1,
    0,
  )
}

const sizes = new WeakMap<Snapshot, number>()

export function usageOf(snapshot: Snapshot): Usage {
  const bytes = sizes.get(snapshot) ?? snapshot.users.reduce((sum, row) => sum + bytesOf(row), 0)
  sizes.set(snapshot, bytes)
  return { users: snapshot.users.length, bytes }
}

function snapshotOf(users: readonly UserRow[], nextId: number, revision: number, bytes?: number): Snapshot {
  const snapshot = Object.freeze({ users: Object.freeze(users), nextId, revision })
  if (bytes !== undefined) sizes.set(snapshot, bytes)
  return snapshot
}

// The order of the columns is the order in the file, which its checksum depends on.
function userRow(id: number, { name, email, age, bio, created_at, hashed_password }: NewUserRow): UserRow {
  return Object.freeze({ id, name, email, age, bio, created_at, hashed_password })
}

function bytesOf(row: UserRow): number {
  return Buffer.byteLength(JSON.stringify(row))
}
