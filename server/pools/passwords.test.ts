import { afterAll, expect, test } from 'vitest'
import { closePasswords, compare, DUMMY_HASH, hash, passwordQueue } from './passwords.ts'
import { PoolBusy } from './pool-busy.ts'

afterAll(closePasswords)

test('a hash is salted, and only its own password fits', async () => {
  const [first, second] = await Promise.all([hash('correct horse'), hash('correct horse')])
  expect(first).toMatch(/^\$2b\$10\$/)
  expect(first).not.toBe(second)
  expect(await compare('correct horse', first)).toBe(true)
  expect(await compare('correct house', first)).toBe(false)
})

test('hashing leaves the event loop to the others', async () => {
  let turns = 0
  let over = false
  const turn = () => {
    turns += 1
    if (!over) setImmediate(turn)
  }
  turn()
  await Promise.all(Array.from({ length: 8 }, () => hash('correct horse')))
  over = true
  // Hashing on the main thread would leave it a few turns in all; this way each slice of a core has thousands.
  expect(turns).toBeGreaterThan(200)
})

test('a queue that is too long is refused at once, and what was taken is done', async () => {
  const all = await Promise.allSettled(Array.from({ length: 130 }, () => compare('x', 'no hash at all')))
  const refused = all.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  expect(refused).toHaveLength(2)
  for (const reason of refused) expect(reason).toBeInstanceOf(PoolBusy)
  expect(await compare('x', 'no hash at all')).toBe(false)
})

test('one owner has half of the queue, the others find room, and all of it comes free again', async () => {
  const before = passwordQueue()
  const ask = (count: number, owner: string) =>
    Array.from({ length: count }, () => compare('x', 'no hash at all', [owner, `${owner} of all`]))
  const [mine, others] = [ask(70, 'me'), ask(10, 'somebody')]
  expect(passwordQueue()).toEqual({ pending: 74, refused: before.refused + 6 })
  const outcomes = async (asked: Promise<boolean>[]) =>
    (await Promise.allSettled(asked)).filter(({ status }) => status === 'rejected').length
  expect(await outcomes(mine)).toBe(6)
  expect(await outcomes(others)).toBe(0)
  expect(passwordQueue().pending).toBe(0)
  expect(await outcomes(ask(64, 'me'))).toBe(0)
})

test('what unknown people are compared with is a hash of the usual cost, and no password fits', async () => {
  expect(DUMMY_HASH).toMatch(/^\$2b\$10\$[./A-Za-z0-9]{53}$/)
  expect(await compare('', DUMMY_HASH)).toBe(false)
})
