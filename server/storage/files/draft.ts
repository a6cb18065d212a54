import { RowGone, UniqueViolation } from '../errors.ts'
import { bytesOf, checkQuota } from '../quota.ts'
import { userRow } from '../rows.ts'
import { snapshotOf, usageOf } from '../snapshot.ts'
import type { Draft, NewUserRow, Snapshot, UserRow } from '../storage.ts'

/** The changes of one transaction, made on a copy: the snapshot it started from stays unchanged. */
export class FileDraft implements Draft {
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

  /** The state with all changes; null when there are none. */
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
    checkQuota({ users, bytes: this.#bytes + moreBytes })
    this.#bytes += moreBytes
  }
}
