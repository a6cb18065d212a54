import { afterAll, expect, test } from 'vitest'
import { closePasswords, compare, DUMMY_HASH, hash, passwordQueue } from './passwords.ts'
import { PoolBusy } from './fair-queue.ts'

afterAll(closePasswords)

test('a hash is salted, and only its own password matches', async () => {
  const [first, second] = await Promise.all([hash('correct horse'), hash('correct horse')])
  expect(first).toMatch(/^\$2b\$10\$/)
  expect(first).not.toBe(second)
  expect(await compare('correct horse', first)).toBe(true)
  expect(await compare('correct house', first)).toBe(false)
})

test("hashing doesn't block the event loop", async () => {
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

test('a class behind one address fits into the queue, more is refused, and everything accepted is done', async () => {
  const refusedBefore = passwordQueue().refused
  const ask = (count: number, address: string) =>
    Array.from({ length: count }, (_, index) =>
      compare('x', 'no hash at all', { address, sandbox: `${address} ${index}` }),
    )
  const refusals = async (asked: Promise<boolean>[]) =>
    (await Promise.allSettled(asked)).flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
    )
  const [school, others] = [ask(510, 'school'), ask(10, 'other')]
  expect(passwordQueue()).toMatchObject({ pending: 510, refused: refusedBefore + 10 })
  const refused = await refusals(school)
  expect(refused).toHaveLength(10)
  for (const reason of refused) expect(reason).toBeInstanceOf(PoolBusy)
  expect(await refusals(others)).toEqual([])
  expect(passwordQueue().pending).toBe(0)
}, 30_000)

test('the dummy hash for unknown users has the usual cost, and no password matches it', async () => {
  expect(DUMMY_HASH).toMatch(/^\$2b\$10\$[./A-Za-z0-9]{53}$/)
  expect(await compare('', DUMMY_HASH)).toBe(false)
})
