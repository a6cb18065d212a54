import { posix, win32 } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { isSource, sourcesHash } from './sources-hash.mjs'

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

test.each([
  [['lessons', '01-what-is-fastapi', 'lesson.md'], true],
  [['http', 'pages.ts'], true],
  [['http', 'pages.test.ts'], false],
  [['project', '.venv', 'bin', 'python'], false],
  [['project', '__pycache__', 'main.pyc'], false],
  [['recording', 'users.json'], false],
])('whether %j is a source does not depend on the separators of the system', (parts, expected) => {
  expect([isSource(posix.join(...parts)), isSource(win32.join(...parts))]).toEqual([expected, expected])
})
