import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const held = new Set<string>()

beforeEach(() => {
  sessionStorage.clear()
  held.clear()
  vi.stubGlobal('navigator', {
    locks: {
      request: async (name: string, use: () => Promise<void>) => {
        held.add(name)
        await use()
        held.delete(name)
      },
      query: async () => ({ held: [...held].map((name) => ({ name })) }),
    },
  })
})
afterEach(() => void vi.unstubAllGlobals())

/** The module as a new page has it. */
function newPage() {
  vi.resetModules()
  return import('./running-mark.ts')
}
const leave = (persisted = false) => dispatchEvent(new PageTransitionEvent('pagehide', { persisted }))

test('a tab that died while it ran knows it, once', async () => {
  ;(await newPage()).markRunning(true)
  held.clear()
  const { lastDiedHere } = await newPage()
  expect(await lastDiedHere()).toBe(true)
  expect(await lastDiedHere()).toBe(false)
})

test('leaving a page is no death, nor is an end of the original before it', async () => {
  ;(await newPage()).markRunning(true)
  leave()
  expect(await (await newPage()).lastDiedHere()).toBe(false)

  const { markRunning } = await newPage()
  markRunning(true)
  markRunning(false)
  held.clear()
  expect(await (await newPage()).lastDiedHere()).toBe(false)
})

test('a page that the browser kept and showed again can die like any other', async () => {
  ;(await newPage()).markRunning(true)
  leave(true)
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  held.clear()
  expect(await (await newPage()).lastDiedHere()).toBe(true)
})

test('the copy of a tab in which it still runs did not die', async () => {
  ;(await newPage()).markRunning(true)
  expect(await (await newPage()).lastDiedHere()).toBe(false)
})

test('a browser without locks or without storage goes on', async () => {
  vi.stubGlobal('navigator', {})
  ;(await newPage()).markRunning(true)
  expect(await (await newPage()).lastDiedHere()).toBe(true)
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new DOMException('no storage', 'SecurityError')
  })
  expect(await (await newPage()).lastDiedHere()).toBe(false)
  vi.restoreAllMocks()
})
