import { afterEach, expect, test, vi } from 'vitest'
import { sourcesHash } from './sources-hash.mjs'

afterEach(() => vi.unstubAllEnvs())

test("another deck requires another build, even if its folder doesn't exist", async () => {
  vi.stubEnv('CONTENT_DIR', undefined)
  const usual = await sourcesHash()
  expect(await sourcesHash()).toBe(usual)
  vi.stubEnv('CONTENT_DIR', 'deck/testing/second-deck')
  expect(await sourcesHash()).not.toBe(usual)
  vi.stubEnv('CONTENT_DIR', '/nowhere')
  expect(await sourcesHash()).not.toBe(usual)
})
