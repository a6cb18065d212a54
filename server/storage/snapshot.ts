import { bytesOf } from './quota.ts'
import type { NewUserRow, Snapshot, Usage, UserRow } from './storage.ts'
import { userRow } from './rows.ts'

/** The contents of a new or reset sandbox. */
export function seeded(rows: readonly NewUserRow[]): Snapshot {
  return snapshotOf(
    rows.map((values, index) => userRow(index + 1, values)),
    rows.length + 1,
    0,
  )
}

const sizes = new WeakMap<Snapshot, number>()

/** Computed once per snapshot. */
export function usageOf(snapshot: Snapshot): Usage {
  const bytes = sizes.get(snapshot) ?? snapshot.users.reduce((sum, row) => sum + bytesOf(row), 0)
  sizes.set(snapshot, bytes)
  return { users: snapshot.users.length, bytes }
}

/** @param bytes size of the rows, if already known */
export function snapshotOf(
  users: readonly UserRow[],
  nextId: number,
  revision: number,
  bytes?: number,
): Snapshot {
  const snapshot = Object.freeze({ users: Object.freeze(users), nextId, revision })
  if (bytes !== undefined) sizes.set(snapshot, bytes)
  return snapshot
}
