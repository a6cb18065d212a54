import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { isWithin } from './watched.mjs'

test.each([
  [posix, '/decks/mine/01-a/lesson.md', '/decks/mine', true],
  [posix, '/decks/mine', '/decks/mine', true],
  [posix, '/decks/mine/..a', '/decks/mine', true],
  [posix, '/decks/mined/lesson.md', '/decks/mine', false],
  [posix, '/decks', '/decks/mine', false],
  [win32, 'D:\\mine\\01-a\\lesson.md', 'D:\\mine', true],
  [win32, 'D:\\mine\\01-a\\lesson.md', 'd:\\Mine', true],
  [win32, 'C:\\viva\\README.md', 'D:\\mine', false],
  [win32, '\\\\server\\share\\lesson.md', 'D:\\mine', false],
] as const)('path %#', (system, path, folder, within) => {
  expect(isWithin(path, folder, system)).toBe(within)
})
