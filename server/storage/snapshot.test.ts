import { expect, test } from 'vitest'
import { bytesOf, checkQuota } from './quota.ts'
import { seeded, snapshotOf, usageOf } from './snapshot.ts'
import { SANDBOX_LIMITS, SANDBOX_ID } from './storage.ts'
import { SEED } from './testing/seed.ts'

test('the size of a sandbox is that of its rows, or the one that is already known', () => {
  const { users } = seeded(SEED)
  const bytes = users.reduce((sum, row) => sum + bytesOf(row), 0)
  expect(bytes).toBeGreaterThan(2 * 100)
  expect(usageOf(snapshotOf(users, 3, 0))).toEqual({ users: 2, bytes })
  expect(usageOf(snapshotOf(users, 3, 0, 7))).toEqual({ users: 2, bytes: 7 })
})

test('a sandbox can be filled up to its limits, and no further', () => {
  const { users, bytes } = SANDBOX_LIMITS
  expect(() => checkQuota({ users, bytes })).not.toThrow()
  expect(() => checkQuota({ users: users + 1, bytes })).toThrow(
    `A sandbox holds at most ${users} users: delete some, or reset it`,
  )
  expect(() => checkQuota({ users, bytes: bytes + 1 })).toThrow(
    `A sandbox holds at most ${bytes / 1024} KB: delete users, or reset it`,
  )
})

test('a sandbox id is exactly 26 letters and digits, or the name of the default one', () => {
  const id = 'abcdefghijklmnopqrstuvwx27'
  expect([id, 'default'].every((each) => SANDBOX_ID.test(each))).toBe(true)
  expect(
    [`x${id}`, `${id}x`, `../${id}`, 'xdefault', 'defaults', id.toUpperCase(), ''].some((each) =>
      SANDBOX_ID.test(each),
    ),
  ).toBe(false)
})
