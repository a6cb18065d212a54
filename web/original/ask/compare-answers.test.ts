import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareAnswers, sentenceOf, type Comparable } from './compare-answers.ts'

const answer = (json: unknown, headers: Record<string, string> = {}, status = 200): Comparable => ({
  ...{ status, headers, json },
  text: JSON.stringify(json),
})
const user = (created_at: string, id = 4) => ({ id, name: 'Ada', created_at })

test('a user created by each at another time is the same answer, and what differs is named', () => {
  const found = compareAnswers(
    answer(user('2026-11-29T10:00:00.840Z'), { 'x-process-time': '0.1' }, 201),
    answer(user('2026-11-29T10:00:01.952999Z'), { 'x-process-time': '0.2' }, 201),
  )
  expect(found.differences).toEqual([])
  expect(sentenceOf(found)).toBe(
    'Both gave the same answer, apart from created_at and X-Process-Time (times).',
  )
})

test('what only looks like a time or a token is a difference', () => {
  for (const [twin, original] of [
    [user('2026-11-29T10:00:00Z'), user('yesterday')],
    [user('2026-11-29T10:00:00Z'), user('2026-11-29T10:00:00+00:00')],
    [{ access_token: 'a.b.c' }, { access_token: 'a.b' }],
    [{ access_token: 'a.b.c' }, {}],
    [{ started: 1 }, { started: 'now' }],
    [{ detail: '2026-11-29T10:00:00Z' }, { detail: '2026-11-29T10:00:01Z' }],
  ])
    expect(compareAnswers(answer(twin), answer(original)).differences, JSON.stringify(original)).not.toEqual(
      [],
    )
})

test('a field more, a list shorter, another type and another status are each named by their place', () => {
  const found = compareAnswers(
    answer({ detail: [{ type: 'missing' }, { type: 'int_type' }], id: 1 }, { allow: 'GET' }),
    answer({ detail: [{ type: 'missing' }], id: '1', hashed_password: 'x' }, {}, 422),
  )
  expect(found.differences).toEqual([
    { where: 'status', twin: '200', original: '422' },
    { where: 'header allow', twin: 'GET', original: null },
    { where: 'body detail.1.type', twin: '"int_type"', original: null },
    { where: 'body id', twin: '1', original: '"1"' },
    { where: 'body hashed_password', twin: null, original: '"x"' },
  ])
  expect(sentenceOf(found)).toBe('5 differences.')
})

test('the host of a redirect, the order of keys and headers of the server around it do not count', () => {
  const found = compareAnswers(
    { ...answer({ a: 1, b: [] }), headers: { location: 'http://viva:8000/users/?skip=1', server: 'x' } },
    {
      ...answer({ b: [], a: 1 }),
      headers: { location: 'https://localhost/users/?skip=1', 'x-request-id': 'y' },
    },
  )
  expect(found).toEqual({ differences: [], masked: [], same: 4 })
})

test('an answer never differs from itself, and any other JSON does', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(compareAnswers(answer(one), answer(one)).differences).toEqual([])
      const equal = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
      expect(compareAnswers(answer(one), answer(other)).differences.length === 0).toBe(equal)
    }),
  )
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => [k, sorted(v)]),
  )
}
