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
  // Both threads are up before it counts.
  await Promise.all([block('a', 50), block('b', 50)])
  const spans = await Promise.all([block('a', 300), block('b', 300)])
  expect(peakOverlap(spans)).toBe(2)
})

test('more than 20 seconds of blocking are refused, and what was taken goes on', async () => {
  const first = block('a', 50)
  await expect(block('a', 19_960)).rejects.toThrow(PoolBusy)
  await first
  expect((await block('a', 1)).ended).toBeGreaterThan(0)
})
