import { afterEach, expect, test, vi } from 'vitest'
import { bugs } from './bugs.ts'

afterEach(() => void vi.restoreAllMocks())

test.each([
  [
    'an argument that it doesn’t know',
    ['--save'],
    /^npm run bugs -- \[folder\] \[--lesson=NN\] \[--bug=ID\]/,
  ],
  ['a bug that no lesson has', ['--bug=nothing-of-the-kind'], /^There is no such bug\.\nnpm run bugs/],
  ['a lesson that the deck doesn’t have', ['--lesson=99'], /^There is no such bug\./],
])('%s is answered with what can be asked for, and nothing is started', async (_, args, said) => {
  const error = vi.spyOn(console, 'error').mockReturnValue()
  expect(await bugs(args)).toBe(2)
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(said))
})
