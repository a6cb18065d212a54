// @vitest-environment node
import { expect, test } from 'vitest'
import type { Answer } from '../api/send-request.ts'
import { differencesOf } from './differences.ts'
import { emptyDraft } from '../request/draft.ts'
import type { Exchange } from '../run/exchange.ts'

function answered(text: string): Exchange {
  const json: unknown = JSON.parse(text)
  const answer: Answer = {
    status: 200, headers: [['x-a', '1']], text, json, bytes: text.length, ms: 1, redirected: false, path: '/',
  } // prettier-ignore
  return {
    id: 1, at: '', traceId: '', draft: emptyDraft(), from: null, outcome: { kind: 'answer', answer }, trace: null,
    request: { method: 'GET', path: '/', headers: [], body: null }, step: null, edited: false, claims: [], notes: [],
  } // prettier-ignore
}
const differing = (one: string, other: string) =>
  differencesOf(answered(one), answered(other)).found.map(({ name, left, right }) => [name, left, right])

test.each([
  ['1.0', '1', [['', '1.0', '1']]],
  ['{"a":12345678901234567890}', '{"a":12345678901234567891}', [['a', '12345678901234567890', '12345678901234567891']]],
  ['{"a":-0}', '{"a":0}', [['a', '-0', '0']]],
  ['{"a":1,"b":2}', '{"b":2,"a":1}', [['key order', 'a, b', 'b, a']]],
  ['{"2":1,"1":2}', '{"1":2,"2":1}', [['key order', '2, 1', '1, 2']]],
  ['{"a":1}', '{"a":1,"b":2}', [['b', null, '2']]],
  ['{"a":1,"a":2}', '{"a":2}', [['a', '1', '2'], ['a (2)', '2', null]]],
  ['{"a.b":1}', '{"a":{"b":1}}', [['a.b', '1', null], ['a.b', null, '1']]],
  ['{"a":"\\u00e9"}', '{"a":"é"}', [['a', '"\\u00e9"', '"é"']]],
])('%s and %s', (one, other, wanted) => {
  expect(differing(one, other)).toEqual(wanted)
  expect(differing(one, one)).toEqual([])
}) // prettier-ignore

test('a difference after two hundred characters is found', () => {
  const long = (end: string) => JSON.stringify({ a: 'x'.repeat(300) + end })
  expect(differing(long('1'), long('2'))).toHaveLength(1)
})
