import { QuotaExceeded } from './errors.ts'
import { SANDBOX_LIMITS, type Usage, type UserRow } from './storage.ts'

/** @throws {QuotaExceeded} when a sandbox would hold more than it may */
export function checkQuota({ users, bytes }: Usage): void {
  if (users > SANDBOX_LIMITS.users) {
    throw new QuotaExceeded(`A sandbox holds at most ${SANDBOX_LIMITS.users} users: delete some, or reset it`)
  }
  if (bytes > SANDBOX_LIMITS.bytes) {
    throw new QuotaExceeded(
      `A sandbox holds at most ${SANDBOX_LIMITS.bytes / 1024} KB: delete users, or reset it`,
    )
  }
}

/** How much of the quota a row takes, in either storage. */
export function bytesOf(row: UserRow): number {
  return Buffer.byteLength(JSON.stringify(row))
}
