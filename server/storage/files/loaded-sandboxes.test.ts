import { beforeEach, expect, test, vi } from 'vitest'
import type { FileSandbox } from './sandbox.ts'
import { LoadedSandboxes } from './loaded-sandboxes.ts'
import { storageNumbers } from './numbers.ts'
import { stopClock } from '../testing/stopped-clock.ts'

const MINUTE_MS = 60_000

/** As much of a sandbox as those that hold it ask for. */
function sandbox(busy = false) {
  const close = vi.fn(async () => undefined)
  return { busy, close } as unknown as FileSandbox & { busy: boolean; close: typeof close }
}

beforeEach(stopClock)

test('a loaded sandbox is returned, and its time of use is now', () => {
  const loaded = new LoadedSandboxes()
  const kept = loaded.keep('a', sandbox())
  expect([loaded.has('a'), loaded.has('b'), loaded.get('b')]).toEqual([true, false, undefined])
  vi.setSystemTime(Date.now() + MINUTE_MS)
  expect(loaded.get('a')).toBe(kept)
  expect(kept).toMatchObject({ usedAt: Date.now(), touchedAt: Date.now() - MINUTE_MS })
})

test('ten minutes after its last use a sandbox leaves memory, unless it has a transaction', () => {
  const loaded = new LoadedSandboxes()
  for (const [id, busy] of [
    ['quiet', false],
    ['used', false],
    ['busy', true],
  ] as const)
    loaded.keep(id, sandbox(busy))
  vi.setSystemTime(Date.now() + MINUTE_MS)
  loaded.get('used')
  vi.setSystemTime(Date.now() + 9 * MINUTE_MS)
  loaded.unloadIdle()
  expect(['quiet', 'used', 'busy'].map((id) => loaded.has(id))).toEqual([true, true, true])
  vi.setSystemTime(Date.now() + 1)
  loaded.unloadIdle()
  expect(['quiet', 'used', 'busy'].map((id) => loaded.has(id))).toEqual([false, true, true])
  expect(storageNumbers.openSandboxes).toBe(2)
})

test('of more than 200 the least recently used one leaves memory, unless it has a transaction', () => {
  const loaded = new LoadedSandboxes()
  loaded.keep('busy', sandbox(true))
  for (let count = 1; count < 200; count += 1) loaded.keep(`s${count}`, sandbox())
  expect(storageNumbers.openSandboxes).toBe(200)
  expect(loaded.has('s1')).toBe(true)
  loaded.get('s1')
  loaded.keep('new', sandbox())
  expect(['busy', 's1', 's2', 's3', 'new'].map((id) => loaded.has(id))).toEqual([
    true,
    true,
    false,
    true,
    true,
  ])
  expect(storageNumbers.openSandboxes).toBe(200)
})

test('when all others are busy more than the limit stay, including the new one', () => {
  const loaded = new LoadedSandboxes()
  for (let count = 0; count < 200; count += 1) loaded.keep(`s${count}`, sandbox(true))
  loaded.keep('new', sandbox())
  expect(loaded.has('new')).toBe(true)
  expect(storageNumbers.openSandboxes).toBe(201)
})

test('closing closes each of them', async () => {
  const loaded = new LoadedSandboxes()
  const all = [sandbox(), sandbox(true)]
  for (const [at, each] of all.entries()) loaded.keep(`s${at}`, each)
  await loaded.close()
  for (const { close } of all) expect(close).toHaveBeenCalledOnce()
})
