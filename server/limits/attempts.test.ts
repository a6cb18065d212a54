import { setImmediate as turn } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Attempts, type Outcome } from './attempts.ts'
import type { Limiter } from './limiter.ts'
import { memoryLimits } from './memory-limits.ts'

/** So many attempts at once, each over after a moment with what `outcome` says of it. */
function all(attempts: Attempts, count: number, outcome: (index: number) => Outcome) {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const end = await attempts.begin('ada')
      if (typeof end === 'number') return end
      await turn()
      await end(outcome(index))
      return outcome(index)
    }),
  )
}

const begun = () => new Attempts(memoryLimits(0).logins)

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

test('of thirty wrong passwords at once ten are tried, and the others must wait a minute', async () => {
  const attempts = begun()
  const results = await all(attempts, 30, () => 'wrong')
  expect(results.filter((each) => each === 'wrong')).toHaveLength(10)
  const waits = results.filter((each) => typeof each === 'number')
  expect(waits).toHaveLength(20)
  // The clock stands still.
  expect(new Set(waits)).toEqual(new Set([60]))
  expect(await attempts.begin('ada')).toBeTypeOf('number')
  expect(await attempts.begin('grace')).toBeTypeOf('function')
})

test('thirty right passwords at once are all tried', async () => {
  expect(await all(begun(), 30, () => 'right')).toEqual(Array.from({ length: 30 }, () => 'right'))
})

test('attempts that arrive while others wait join the queue and use the room that right ones free', async () => {
  const attempts = begun()
  const running = await Promise.all(Array.from({ length: 10 }, () => attempts.begin('ada')))
  const waiting: Promise<unknown>[] = []
  for (let count = 0; count < 3; count += 1) {
    waiting.push(attempts.begin('ada'))
    await turn()
  }
  for (const end of running) if (typeof end === 'function') await end('right')
  expect((await Promise.all(waiting)).map((each) => typeof each)).toEqual([
    'function',
    'function',
    'function',
  ])
})

test('thirty attempts that were never tried leave room for the next', async () => {
  const attempts = begun()
  await all(attempts, 30, () => 'none')
  expect(await all(attempts, 1, () => 'right')).toEqual(['right'])
})

test('a right password resets the count', async () => {
  const attempts = begun()
  for (const outcome of ['wrong', 'right', 'wrong'] as const) {
    const results: unknown[] = []
    for (let time = 0; time < (outcome === 'right' ? 1 : 9); time += 1) {
      results.push(...(await all(attempts, 1, () => outcome)))
    }
    expect(new Set(results)).toEqual(new Set([outcome]))
  }
})

test('when the limiter fails no one waits forever', async () => {
  const failing: Limiter = {
    take: () => Promise.reject(new Error('no database')),
    giveBack: () => Promise.resolve(),
    forget: () => Promise.resolve(),
  }
  await expect(new Attempts(failing).begin('ada')).rejects.toThrow('no database')
})
