import { expect, test } from 'vitest'
import { JsonExpectation } from './claim.ts'
import type { Evidence } from './evaluate.ts'
import { evidenceNeededFor, judgeTask, sentRequestOf, trapsAround } from './judge-task.ts'
import { Trap } from './practice.ts'

const answer = (status: number, json: unknown = {}): Evidence => ({
  ...{ status, json, text: JSON.stringify(json), headers: {}, trace: null, store: null, burst: null },
})
const rules = (...parts: unknown[]) => parts.map((part) => JsonExpectation.parse(part))
const traps = (...parts: unknown[]) => parts.map((part) => Trap.parse(part))

const task = {
  sent: rules({ path: 'method', equals: 'POST' }, { path: 'json.email', equals: '{{email}}' }),
  expect: { status: 400 },
  traps: traps(
    { expect: { status: 422 }, says: 'That was not valid.' },
    { sent: [{ path: 'json.email', not: '{{email}}' }], says: 'Another address.', misconception: 'other' },
  ),
}
const post = (email: string) =>
  sentRequestOf({
    method: 'POST',
    path: '/users/?page=1',
    headers: [['Content-Type', 'application/json; charset=utf-8']],
    body: JSON.stringify({ email }),
  })
const variables = { email: 'a@example.com' }

test('a request passes when the rules on it and on what happened hold', () => {
  const judgement = judgeTask(task, post('a@example.com'), answer(400), variables)
  expect(judgement).toMatchObject({ passed: true, trap: null })
  expect(judgement.checks.map(({ subject }) => subject)).toEqual([
    'request: method',
    'request: json.email',
    'status',
  ])
})

test('a near miss doesn’t pass, and the first trap that it falls into says why', () => {
  expect(judgeTask(task, post('b@example.com'), answer(201), variables)).toMatchObject({
    passed: false,
    trap: { says: 'Another address.', misconception: 'other' },
  })
  expect(judgeTask(task, post('b@example.com'), answer(422), variables).trap?.says).toBe(
    'That was not valid.',
  )
  expect(judgeTask(task, post('a@example.com'), answer(500), variables)).toMatchObject({
    passed: false,
    trap: null,
  })
})

test('both parts of a trap have to hold, and a trap without any catches nothing', () => {
  const [both] = traps({ sent: [{ path: 'method', equals: 'GET' }], expect: { status: 400 }, says: 'Both.' })
  const none = { ...both!, sent: [], expect: undefined }
  const caught = trapsAround({ traps: [both!, none] }, post('x'), answer(400), variables)
  expect(caught).toEqual([])
})

test('what passes is caught by no trap', () => {
  const wide = { ...task, traps: traps({ expect: { status: 400 }, says: 'Refused.' }) }
  expect(judgeTask(wide, post('a@example.com'), answer(400), variables)).toMatchObject({
    passed: true,
    trap: null,
  })
})

test('a value that was never saved passes nothing, on either side', () => {
  expect(judgeTask(task, post('a@example.com'), answer(400), {})).toMatchObject({ passed: false, trap: null })
})

test('a request is taken apart: path, query, headers, JSON and form', () => {
  expect(post('a@example.com')).toEqual({
    method: 'POST',
    path: '/users/',
    query: { page: '1' },
    headers: { 'content-type': 'application/json; charset=utf-8' },
    json: { email: 'a@example.com' },
  })
  const form = sentRequestOf({
    method: 'post',
    path: '/login?x=a?b&x=2',
    headers: [['content-type', 'application/x-www-form-urlencoded']],
    body: 'username=a%40b.c&password=',
  })
  expect(form).toMatchObject({
    method: 'POST',
    path: '/login',
    query: { x: ['a?b', '2'] },
    form: { username: 'a@b.c', password: '' },
  })
  expect(form).not.toHaveProperty('json')
})

test.each([
  ['no body', 'application/json', null],
  ['text that is not JSON', 'application/json', '{'],
  ['JSON without its header', 'text/plain', '{}'],
])('%s has no JSON', (_, type, body) => {
  const sent = sentRequestOf({ method: 'POST', path: '/', headers: [['Content-Type', type]], body })
  expect(sent).not.toHaveProperty('json')
  expect(sent).not.toHaveProperty('form')
})

test('what a task or its traps look at is fetched', () => {
  const expectsStatus = { expect: { status: 200 }, traps: [] }
  expect(evidenceNeededFor(expectsStatus)).toEqual({ trace: false, store: false })
  const trap = traps({ expect: { trace: [{ step: 'auth.login' }] }, says: 'It ran.' })
  expect(evidenceNeededFor({ ...expectsStatus, traps: trap })).toEqual({ trace: true, store: false })
  expect(evidenceNeededFor({ traps: [], expect: { store: [{ table: 'users' }] } })).toEqual({
    trace: false,
    store: true,
  })
})
