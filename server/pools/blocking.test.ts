import { afterAll, expect, test } from 'vitest'
import { peakOverlap } from '../../contract/burst.ts'
import { block, closeBlocking } from './blocking.ts'
import { PoolBusy } from './pool-busy.ts'

afterAll(closeBlocking)

test('calls of one sandbox block one another, on the clock of the caller', async () => {
  const began = performance.now()
  const spans = await Promise.all([block('a', 30), block('a', 30), block('a', 30)])
  const over = performance.now()
  expect(peakOverlap(spans)).toBe(1)
  for (const { started, ended } of spans) {
    expect(ended - started).toBeGreaterThanOrEqual(29)
    expect(started).toBeGreaterThanOrEqual(began)
    expect(ended).toBeLessThanOrEqual(over)
  }
})

test('sandboxes do not block each other', async () => {
  const outcomes: string[] = []
  const long = block('a', 19_000).then(
    () => outcomes.push('a is over'),
    () => outcomes.push('a was ended'),
  )
  await block('b', 1).then(() => outcomes.push('b is over'))
  await closeBlocking()
  await long
  expect(outcomes).toEqual(['b is over', 'a was ended'])
})

test('more than 20 seconds of blocking are refused, and what was taken goes on', async () => {
  const first = block('a', 50)
  await expect(block('a', 19_960)).rejects.toThrow(PoolBusy)
  await first
  expect((await block('a', 1)).ended).toBeGreaterThan(0)
})
