import { QuotaExceeded } from './errors.ts'
import { LIMITS, type Usage, type UserRow } from './storage.ts'

/** @throws {QuotaExceeded} when a sandbox would hold more than it may */
export function checkQuota({ users, bytes }: Usage): void {
  if (users > LIMITS.users) {
    throw new QuotaExceeded(`A sandbox holds at most ${LIMITS.users} users: delete some, or reset it`)
  }
  if (bytes > LIMITS.bytes) {
    throw new QuotaExceeded(`A sandbox holds at most ${LIMITS.bytes / 1024} KB: delete users, or reset it`)
  }
}

/** What a row counts for, whatever it is stored in. */
export function bytesOf(row: UserRow): number {
  return Buffer.byteLength(JSON.stringify(row))
}
