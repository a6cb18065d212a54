import { expect, test } from 'vitest'
import { hideInChecks } from './hide-in-checks.ts'
import { Secrets } from './secrets.ts'

const shown = (value: unknown, subject = 'JSON: the whole value') =>
  hideInChecks([{ subject, expected: '', actual: JSON.stringify(value), ok: false }], new Secrets())[0]
    ?.actual

test('of an object, interviewers see which of the project’s fields it has, and no value', () => {
  expect(shown({ id: 4, name: 'Cleo', email: 'cleo@example.com' })).toBe('an object with id, name, and email')
  expect(shown({ id: 4, hashed_password: '$2b$12$abc' })).toBe('an object with id and hashed_password')
  expect(shown({ detail: 'Not found' }, 'JSON: detail')).toBe('an object with detail')
  expect(shown({})).toBe('an empty object')
})

test('a name that isn’t the project’s may be a secret in the wrong place, and is only counted', () => {
  expect(shown({ id: 4, hunter22: 1 })).toBe('an object with id and 1 other field')
  expect(shown({ hunter22: 1, constructor: 2 })).toBe('an object with 2 other fields')
})

test('of a list, only the length is left', () => {
  expect(shown([{ name: 'Cleo' }, { name: 'Ada' }])).toBe('a list of 2')
})
