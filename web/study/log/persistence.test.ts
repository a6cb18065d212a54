import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Fact } from './event.ts'

const persist = vi.fn<() => Promise<boolean>>()
const persisted = vi.fn<() => Promise<boolean>>()

const review: Fact = { kind: 'review', card: 'one', grade: 3 }
const settings: Fact = { kind: 'settings', newPerDay: 1, reviewsPerDay: 1, interview: null }

/** The module as a page that was just loaded has it. */
async function freshPage() {
  vi.resetModules()
  return import('./persistence.ts')
}

beforeEach(() => {
  sessionStorage.clear()
  persist.mockReset().mockResolvedValue(false)
  persisted.mockReset().mockResolvedValue(false)
  vi.stubGlobal('navigator', { storage: { persist, persisted } })
})
afterEach(() => vi.unstubAllGlobals())

test.each<[Fact['kind'], number]>([
  ['attempt', 1],
  ['review', 1],
  ['prediction', 1],
  ['quiz', 1],
  ['task', 1],
  ['settings', 0],
  ['mock', 0],
  ['mock-ended', 0],
  ['bury', 0],
  ['suspend', 0],
  ['removed', 0],
])('after an event of the kind %s, the browser is asked %i times', async (kind, times) => {
  const { persistWork } = await freshPage()
  await persistWork({ kind } as Fact)
  expect(persist).toHaveBeenCalledTimes(times)
})

test('a page that only looks asks for nothing, and shows what was granted before', async () => {
  persisted.mockResolvedValue(true)
  const { readPersistence, persistence, persistWork } = await freshPage()
  await readPersistence()
  await persistWork(settings)
  expect(persistence.value).toBe('persistent')
  await persistWork(review)
  expect(persist).not.toHaveBeenCalled()
})

test('a refusal holds for the session, reloads included, and the learner can still ask', async () => {
  const first = await freshPage()
  await Promise.all([first.persistWork(review), first.persistWork(review)])
  await first.persistWork(review)
  expect(first.persistence.value).toBe('best-effort')
  const reloaded = await freshPage()
  await reloaded.persistWork(review)
  expect(persist).toHaveBeenCalledTimes(1)
  persist.mockResolvedValue(true)
  await reloaded.persist()
  expect(reloaded.persistence.value).toBe('persistent')
  sessionStorage.clear()
  const nextSession = await freshPage()
  await nextSession.persistWork(review)
  expect(persist).toHaveBeenCalledTimes(3)
})

test.each([
  ['plain HTTP', {}],
  ['a browser without the promise', { storage: { persisted } }],
  ['a browser that denies storage', { storage: { persist: () => Promise.reject(), persisted } }],
])('nothing breaks on %s', async (_where, navigator) => {
  vi.stubGlobal('navigator', navigator)
  const { persistWork, readPersistence, persist: ask, persistence } = await freshPage()
  await readPersistence()
  await persistWork(review)
  await ask()
  expect(persistence.value).not.toBe('persistent')
})
