// @vitest-environment node
import { expect, test } from 'vitest'
import type { RequestTrace, StepDetail, TraceStep } from '#contract/trace.ts'
import { draftOfRequest } from './request/draft-of-request.ts'
import { emptyDraft, sameDraft } from './request/draft.ts'
import { jsonColours, jsonError } from './request/json-colours.ts'
import { operationOf } from './request/operation-of.ts'
import { operationsOf } from './request/operations.ts'
import { committedChanges } from './store/store-marks.ts'
import { initialStep, timelineOf } from './inside/timeline.ts'
import { claimsOf, FORGERIES, timeLeft } from './token/token-claims.ts'
import { encodePart, expiryOf, readToken } from './token/token.ts'
import { requestOfDraft } from './request/request-of-draft.ts'

const token = `${encodePart({ alg: 'HS256', typ: 'JWT' })}.${encodePart({ sub: '1', exp: 2_000_000_000, aud: 'ü' })}.c2ln`

function step(
  index: number,
  parent: number | null,
  start: number,
  duration: number,
  more: Partial<TraceStep> = {},
): TraceStep {
  const detail: StepDetail = { kind: 'handler', summary: '' }
  return {
    index,
    parent,
    start,
    duration,
    own: duration,
    name: `s${index}`,
    kind: 'handler',
    title: '',
    verdict: 'ok',
    detail,
    ...more,
  }
}
const request = (steps: TraceStep[], duration = 100): RequestTrace => ({
  spanId: 'a', method: 'GET', path: '/', status: 200, startedAt: '', truncated: false, duration, steps,
}) // prettier-ignore

test('a token is decoded, with or without its prefix, and anything else gets a reason', () => {
  expect(readToken(`Bearer ${token}`)).toEqual({
    header: { alg: 'HS256', typ: 'JWT' },
    payload: { sub: '1', exp: 2_000_000_000, aud: 'ü' },
    signature: 'c2ln',
    text: {
      header: '{"alg":"HS256","typ":"JWT"}',
      payload: '{"sub":"1","exp":2000000000,"aud":"ü"}',
    },
  })
  expect(expiryOf(token)).toBe(2_000_000_000)
  expect(expiryOf('nonsense')).toBeNull()
  expect(() => readToken('a.b')).toThrow('three parts')
  expect(() => readToken('a.b.c')).toThrow('The header is not base64url-encoded JSON.')
  expect(() => readToken(`${encodePart([])}.${encodePart({})}.c`)).toThrow('not an object')
})

test('claims are shown as the token has them: digits, order, repeated names, and names of methods', () => {
  const claims = claimsOf('{"id":9007199254740993, "2":1.0,"1":[ "a" ],"sub":"1","sub":"2","toString":null}')
  expect(claims.map(({ name, value }) => [name, value])).toEqual([
    ['id', '9007199254740993'],
    ['2', '1.0'],
    ['1', '["a"]'],
    ['sub', '"1"'],
    ['sub', '"2"'],
    ['toString', 'null'],
  ])
  expect(claims.map(({ meaning }) => meaning)).toEqual([
    '',
    '',
    '',
    ...Array(2).fill(expect.stringContaining('subject')),
    '',
  ])
  expect(claimsOf('{"exp":2000000000}')[0]?.value).toContain('2000000000 (')
})

test('every forgery changes the token and leaves it decodable', () => {
  for (const { name, make } of FORGERIES) {
    expect(make(token), name).not.toBe(token)
    expect(() => readToken(make(token)), name).not.toThrow()
  }
  expect(readToken(FORGERIES[0]?.make(token) ?? '').payload.sub).toBe('2')
  expect(readToken(FORGERIES[2]?.make(token) ?? '')).toMatchObject({ header: { alg: 'none' }, signature: '' })
})

test('a token’s remaining time is given in minutes, hours and days', () => {
  expect(timeLeft(1000, 400)).toBe('expires in 10:00')
  expect(timeLeft(10_000, 400)).toBe('expires in 2:40:00')
  expect(timeLeft(400, 465)).toBe('expired 1:05 ago')
})

test('own time excludes children, and depth follows the parents', () => {
  const rows = timelineOf(
    request([step(0, null, 0, 100), step(1, 0, 20, 30), step(2, 1, 25, 5), step(3, 0, 60, 40)]),
  )
  expect(rows.map(({ depth }) => depth)).toEqual([0, 1, 2, 1])
  expect(rows[0]?.own).toEqual([{ x: 0, width: 200 }, { x: 500, width: 100 }]) // prettier-ignore
  expect(rows[1]?.own).toEqual([{ x: 200, width: 50 }, { x: 300, width: 200 }]) // prettier-ignore
})

test('a moment at the very end is drawn inside', () => {
  const [row] = timelineOf(request([step(0, null, 100, 0)]))
  expect((row?.span.x ?? 0) + (row?.span.width ?? 0)).toBeLessThanOrEqual(1000)
})

test('the step that refused is selected first, else the handler', () => {
  const steps = [
    step(0, null, 0, 9, { kind: 'middleware' }),
    step(1, 0, 1, 2),
    step(2, 0, 1, 2, { kind: 'response' }),
  ]
  expect(initialStep(steps)).toBe(1)
  expect(initialStep([...steps, step(3, 0, 3, 1, { verdict: 'refused' })])).toBe(3)
})

test('only what was committed counts as changed', () => {
  const store = (index: number, operation: 'insert' | 'commit' | 'rollback', id?: number) =>
    step(index, null, 0, 1, {
      detail: {
        kind: 'store', operation, table: 'users', sql: '', rows: 1,
        changes: id === undefined ? [] : [{ table: 'users', id, before: null, after: { id } }],
      },
    }) // prettier-ignore
  const steps = [
    store(0, 'insert', 4),
    store(1, 'rollback'),
    store(2, 'insert', 5),
    store(3, 'commit'),
    store(4, 'insert', 6),
  ]
  expect(committedChanges({ id: 't', requests: [request(steps)] }).map(({ id }) => id)).toEqual([5])
  expect(committedChanges(null)).toEqual([])
})

test('a draft keeps the types of saved values and leaves JSON as typed', () => {
  const draft = { ...emptyDraft(), method: 'POST', kind: 'json' as const, path: '/users/{{id}}' }
  expect(requestOfDraft({ ...draft, body: '{"a":  {{broken' }, { id: 3 }, null)).toMatchObject({
    path: '/users/3',
    body: '{"a":  {{broken',
  })
  expect(requestOfDraft({ ...draft, body: '{"age": "{{id}}", "n":"#{{id}}"}' }, { id: 3 }, 't')).toMatchObject({
    body: '{"age": 3, "n":"#3"}',
    headers: [['Content-Type', 'application/json'], ['Authorization', 'Bearer t']],
  }) // prettier-ignore
  const own = {
    ...draft,
    body: '1',
    headers: [
      { name: 'content-type', value: 'text/plain' },
      { name: '', value: '' },
    ],
  }
  expect(requestOfDraft(own, {}, null).headers).toEqual([['content-type', 'text/plain']])
})

test('a request becomes a draft that sends the same request', () => {
  for (const [type, body] of [
    ['application/json', '{ "a": 1 }'],
    ['application/x-www-form-urlencoded', 'a=1&b=x+y'],
    ['text/csv', 'a;b'],
  ] as const) {
    const sent = {
      method: 'POST',
      path: '/users/',
      headers: [
        ['X-A', '1'],
        ['Content-Type', type],
      ] as [string, string][],
      body,
    }
    const back = requestOfDraft(draftOfRequest(sent), {}, null)
    expect({ ...back, headers: back.headers.toSorted() }).toEqual({
      ...sent,
      headers: sent.headers.toSorted(),
    })
  }
})

test('the coloured pieces together are the text, and keys differ from values', () => {
  const text = '{"a": "b", "n": [1, -2.5e3, true, null], "v": {{id}}, "open'
  const pieces = jsonColours(text)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(pieces.filter(({ colour }) => colour !== 'plain').map(({ text: piece, colour }) => `${colour} ${piece}`)).toEqual([
    'key "a"', 'string "b"', 'key "n"', 'number 1', 'number -2.5e3', 'literal true', 'literal null', 'key "v"', 'variable {{id}}',
  ]) // prettier-ignore
  expect(jsonError('{')).not.toBeNull()
  expect(jsonError('{}')).toBeNull()
})

test('operations become requests that can be sent', () => {
  const [list, create, me] = operationsOf({
    paths: {
      '/users/': {
        get: {
          parameters: [{ name: 'limit', in: 'query', schema: { type: 'integer', default: 10 } }],
          tags: ['users'],
        },
        post: {
          requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/New' } } } },
        },
      },
      '/users/{user_id}': {
        get: { security: [{}], parameters: [{ name: 'user_id', in: 'path', schema: { type: 'integer' } }] },
      },
    },
    components: {
      schemas: {
        New: {
          type: 'object',
          properties: {
            name: { type: 'string' },
            bio: { anyOf: [{ type: 'string' }, { type: 'null' }] },
            n: { type: 'integer', minimum: 5 },
          },
        },
      },
    },
  })
  expect(list).toMatchObject({ tag: 'users', draft: { path: '/users/?limit=10', caller: 'nobody' } })
  expect(JSON.parse(create?.draft.body ?? '')).toEqual({
    name: 'Hedy Lamarr',
    bio: 'Hopped frequencies.',
    n: 5,
  })
  expect(me?.draft).toMatchObject({ path: '/users/1', caller: 'ada' })
})

test('a request matches the operation that FastAPI would choose', () => {
  const get = { get: {} }
  const operations = operationsOf({
    paths: {
      '/users/': { get: {}, post: {} },
      '/users/me': get,
      '/users/{user_id}': get,
      '/a.b/{x}/{y}': get,
    },
  })
  const found = (method: string, path: string) => operationOf({ method, path }, operations)?.id ?? null
  expect(found('GET', '/users/me?x=/users/')).toBe('GET /users/me')
  expect(found('GET', '/users/{{userId}}')).toBe('GET /users/{user_id}')
  expect(found('GET', '/users/mean')).toBe('GET /users/{user_id}')
  expect(found('POST', '/users/')).toBe('POST /users/')
  expect(found('GET', '/a.b/1/2#x')).toBe('GET /a.b/{x}/{y}')
  for (const path of ['/users/me/', '/users', '/acb/1/2', '/users/1/x', '//users/', ''])
    expect(found('GET', path), path).toBeNull()
  expect(found('DELETE', '/users/me')).toBeNull()
})

test('two drafts are the same when they send the same request', () => {
  const draft = { ...emptyDraft(), method: 'POST', kind: 'json' as const, body: '{}' }
  expect(sameDraft(draft, { ...draft, form: [{ name: 'left', value: 'over' }] })).toBe(true)
  expect(sameDraft({ ...draft, kind: 'none' }, { ...draft, kind: 'none', body: 'left over' })).toBe(true)
  expect(sameDraft(draft, { ...draft, headers: [{ name: '', value: '' }] })).toBe(true)
  expect(sameDraft(draft, { ...draft, body: '{ }' })).toBe(false)
  expect(sameDraft(draft, { ...draft, caller: 'ada' })).toBe(false)
})
