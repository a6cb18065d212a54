import { afterEach, expect, test, vi } from 'vitest'
import { deckArguments } from './deck-arguments.ts'

const OPTIONS = /^--(save|lesson=\d+)$/
afterEach(() => void vi.unstubAllEnvs())

test.each([
  ['an option that the command doesn’t know', ['--sav']],
  ['an option in another form', ['--lesson=six']],
  ['a second folder', ['one', 'another']],
])('%s is refused', (_, args) => {
  expect(deckArguments(args, OPTIONS)).toBeNull()
})

test('a folder that is named takes the place of those of CONTENT_DIR, whatever stands before it', () => {
  vi.stubEnv('CONTENT_DIR', '../theirs')
  expect(deckArguments([], OPTIONS)?.folders).toEqual(['../theirs'])
  const called = deckArguments(['--save', '../mine', '--lesson=06'], OPTIONS)
  expect(called?.folders).toEqual(['../mine'])
  expect(called?.valueOf('lesson')).toBe('06')
  expect(called?.has('save')).toBe(true)
  expect(called?.valueOf('bug')).toBeUndefined()
})
