import { posix, win32 } from 'node:path'
import { expect, test } from 'vitest'
import { fileName } from './file-name.ts'

test('a file has the same name on every system', () => {
  expect(fileName('C:\\viva', 'C:\\viva\\content\\lessons\\06-auth\\steps.yaml', win32)).toBe(
    'content/lessons/06-auth/steps.yaml',
  )
  expect(fileName('/viva', '/viva/content/lessons/06-auth/steps.yaml', posix)).toBe(
    'content/lessons/06-auth/steps.yaml',
  )
})

test('a deck on another drive is named by its whole path', () => {
  expect(fileName('C:\\viva', 'D:\\a deck\\deck.yaml', win32)).toBe('D:/a deck/deck.yaml')
})

test('a backslash in a name stays where it separates nothing', () => {
  expect(fileName('/viva', '/viva/a\\b/deck.yaml', posix)).toBe('a\\b/deck.yaml')
})
