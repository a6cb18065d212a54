import { expect, test } from 'vitest'
import { keepOfAnswer } from './answer.ts'
import { differences } from './differences.ts'
import type { Answer } from './recording.ts'

const ORIGIN = 'http://127.0.0.1:1234'

function kept(body: string, headers: [string, string][] = [['content-type', 'application/json']]): Answer {
  return keepOfAnswer({ status: 200, headers, body: Buffer.from(body) }, ORIGIN)
}

test('times, tokens and clocks are kept by their shape', () => {
  const body = '{"created_at": "2026-01-01T10:00:00.123Z", "access_token": "a.b-_.c", "started": 1.5}'
  expect(kept(body).json).toEqual({
    created_at: { $shape: 'time' },
    access_token: { $shape: 'token' },
    started: { $shape: 'milliseconds' },
  })
})

test('what has not the shape stays as it is, and so is a difference', () => {
  const good = kept('[{"created_at": "2026-01-01T10:00:00Z"}]')
  const bad = kept('[{"created_at": "2026-01-01 10:00"}]')
  expect(differences(good, bad)).toEqual([
    'json[0].created_at: expected {"$shape":"time"}, got "2026-01-01 10:00"',
  ])
})

test('integers are compared to the last digit', () => {
  const one = kept('{"input": 123456789012345678901234567890, "text": "99999999999999999999"}')
  const other = kept('{"input": 123456789012345678901234567891, "text": "99999999999999999999"}')
  expect(differences(one, other)).toEqual([
    'json.input.$integer: expected "123456789012345678901234567890", got "123456789012345678901234567891"',
  ])
})

test('1.0 is 1, keys have no order, lists have', () => {
  expect(differences(kept('{"a": 1.0, "b": -0.0}'), kept('{"b": 0, "a": 1}'))).toEqual([])
  expect(differences(kept('[1, 2]'), kept('[2, 1]'))).toHaveLength(2)
})

test('only headers that are compared are kept, without the address of the server', () => {
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

test('a header or a field too many is a difference', () => {
  expect(differences(kept('{}'), kept('{"a": null}'))).toEqual(['json.a: expected nothing, got null'])
  expect(differences(kept('{}'), kept('{}', []))).toEqual([
    'headers.content-type: expected "application/json", got nothing',
    'json: expected {}, got nothing',
    'text: expected nothing, got "{}"',
  ])
})
