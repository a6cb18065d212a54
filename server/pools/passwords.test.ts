import { afterAll, expect, test } from 'vitest'
import { closePasswords, compare, hash } from './passwords.ts'
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
  const timer = setInterval(() => (turns += 1), 1)
  await Promise.all(Array.from({ length: 8 }, () => hash('correct horse')))
  clearInterval(timer)
  // On the main thread the eight would leave it a turn or two.
  expect(turns).toBeGreaterThan(20)
})

test('a queue that is too long is refused at once, and what was taken is done', async () => {
  const all = await Promise.allSettled(Array.from({ length: 130 }, () => compare('x', 'no hash at all')))
  const refused = all.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  expect(refused).toHaveLength(2)
  for (const reason of refused) expect(reason).toBeInstanceOf(PoolBusy)
  expect(await compare('x', 'no hash at all')).toBe(false)
}, 30_000)
