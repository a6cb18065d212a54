import { expect, test } from 'vitest'
import { keepOfAnswer } from './answer.ts'
import { differences } from './differences.ts'
import type { Answer } from './recording.ts'

const ORIGIN = 'http://127.0.0.1:1234'

function kept(body: string, headers: [string, string][] = [['content-type', 'application/json']]): Answer {
  return keepOfAnswer({ status: 200, headers, body: Buffer.from(body) }, ORIGIN)
}

const token = (claims: object) =>
  [{ alg: 'HS256' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.') + `.${'s'.repeat(43)}`

test('times are recorded as shapes', () => {
  expect(kept('{"created_at":"2026-01-01T10:00:00.123000Z","started":1.5}').json).toEqual({
    created_at: { $shape: 'time' },
    started: { $shape: 'milliseconds' },
  })
})

test('a token is recorded without its times', () => {
  const access_token = token({ sub: '1', iat: 1000, exp: 2800, iss: 'viva' })
  expect(kept(JSON.stringify({ access_token })).json).toEqual({
    access_token: {
      $shape: 'token',
      header: { alg: 'HS256' },
      claims: {
        sub: '1',
        iat: { $shape: 'seconds' },
        exp: { $shape: 'seconds', afterIat: 1800 },
        iss: 'viva',
      },
    },
  })
})

test.each([
  ['a claim too many', { sub: '1', iat: 1000, exp: 2800, admin: true }, 'claims.admin'],
  ['another order', { iat: 1000, exp: 2800, sub: '1' }, 'claims: expected the keys sub, iat, exp, got iat'],
  ['a longer life', { sub: '1', iat: 1000, exp: 2801 }, 'claims.exp.afterIat'],
  ['no times', { sub: '1' }, 'access_token'],
])('a token with %s is a difference', (_what, claims, line) => {
  const answer = (of: object) => kept(JSON.stringify({ access_token: token(of) }))
  const found = differences(answer({ sub: '1', iat: 1000, exp: 2800 }), answer(claims))
  expect(found.join('\n')).toContain(line)
})

test.each(['2026-01-01 10:00', '2026-01-01T10:00:00.123Z', '2026-01-01T10:00:00+00:00'])(
  'a time that Pydantic would write differently, %s, is recorded as it is, and so counts as a difference',
  (time) => {
    const good = kept('[{"created_at":"2026-01-01T10:00:00Z"}]')
    const bad = kept(JSON.stringify([{ created_at: time }]))
    expect(differences(good, bad)).toContain(`json[0].created_at: expected {"$shape":"time"}, got "${time}"`)
  },
)

test('integers are compared to the last digit', () => {
  const one = kept('{"input": 123456789012345678901234567890, "text": "99999999999999999999"}')
  const other = kept('{"input": 123456789012345678901234567891, "text": "99999999999999999999"}')
  expect(differences(one, other)).toContain(
    'json.input.$integer: expected "123456789012345678901234567890", got "123456789012345678901234567891"',
  )
})

test.each([
  ['a float', '{"a":1.0}', '{"a":1}'],
  ['a zero below zero', '{"a":-0.0}', '{"a":0.0}'],
  ['spaces', '{"a": 1}', '{"a":1}'],
  ['an escape', '["\\u00e9"]', '["é"]'],
  ['keys that are numbers, in another order', '{"404":{},"400":{}}', '{"400":{},"404":{}}'],
  ['keys in another order', '{"a":1,"b":2}', '{"b":2,"a":1}'],
  ['a list in another order', '[1,2]', '[2,1]'],
])('%s is a difference', (_what, one, other) => {
  expect(differences(kept(one), kept(one))).toEqual([])
  expect(differences(kept(one), kept(other))).not.toEqual([])
})

test('only compared headers are recorded, without the address of the server', () => {
  const answer = kept('', [
    ['location', `${ORIGIN}/users/`],
    ['server', 'uvicorn'],
    ['allow', 'POST, GET'],
    ['access-control-allow-origin', '*'],
  ])
  expect(answer.headers).toEqual({
    location: '{{origin}}/users/',
    allow: 'GET, POST',
    'access-control-allow-origin': '*',
  })
})

test('an extra header or field is a difference', () => {
  expect(differences(kept('{}'), kept('{"a":null}'))).toEqual(['json.a: expected nothing, got null'])
  expect(differences(kept('{}'), kept('{}', []))).toEqual([
    'headers.content-type: expected "application/json", got nothing',
    'json: expected {}, got nothing',
    'text: expected nothing, got "{}"',
  ])
})
