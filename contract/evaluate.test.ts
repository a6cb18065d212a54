import { expect, test } from 'vitest'
import { Expectation } from './claim.ts'
import { evaluate, evidenceNeeded, type Evidence } from './evaluate.ts'
import { fillJson } from './fill-json.ts'
import { payloadOf } from './jwt-part.ts'
import { VerbatimJson } from './json-text.ts'
import { Step } from './lesson.ts'
import { savedFrom, savedFromTrace } from './request.ts'
import type { TraceStep } from './trace.ts'
import { fillText } from './variables.ts'

function step(index: number, name: string, parent: number | null, more: Partial<TraceStep> = {}): TraceStep {
  return {
    index,
    parent,
    name,
    kind: 'handler',
    title: name,
    start: index,
    duration: 1,
    own: 1,
    verdict: 'ok',
    detail: { kind: 'handler', summary: '' },
    ...more,
  }
}

const evidence: Evidence = {
  status: 201,
  headers: { 'content-type': 'application/json' },
  text: '{"id":4}',
  json: {
    id: 4,
    tags: ['a', 'b'],
    nested: { deep: [{ type: 'missing' }] },
    none: null,
    token: `e30.${btoa('{"sub":"7"}')}.x`,
  },
  trace: {
    id: 'a'.repeat(32),
    startUp: {
      spanId: 'c'.repeat(16),
      method: 'START',
      path: 'main.py',
      status: 0,
      startedAt: '2026-11-22T00:00:00Z',
      duration: 3,
      truncated: false,
      steps: [step(0, 'main.lifespan', null), step(1, 'database.create_all', 0)],
    },
    requests: [
      {
        spanId: 'b'.repeat(16),
        method: 'POST',
        path: '/users/',
        status: 201,
        startedAt: '2026-11-23T00:00:00Z',
        duration: 9,
        truncated: false,
        steps: [
          step(0, 'middleware.access_log', null),
          step(1, 'database.get_db', 0),
          step(2, 'users.create_user', 0),
          step(3, 'database.get_db', 2, { verdict: 'cached', duration: 40 }),
          step(4, 'lab.in_turn', 2, { start: 4.1, duration: 0.2 }),
          step(5, 'lab.in_turn', 2, { start: 4.3, duration: 0.1 }),
          step(6, 'lab.together', 2, { start: 5, duration: 0.2 }),
          step(7, 'lab.together', 2, { start: 5.1, duration: 0.2 }),
        ],
      },
    ],
  },
  store: {
    revision: 1,
    tables: {
      users: {
        columns: ['id', 'name'],
        rows: [
          { id: 1, name: 'Ada' },
          { id: 2, name: 'Alan' },
        ],
      },
    },
  },
  burst: {
    path: '/lab/wait/threadpool',
    n: 2,
    duration: 60,
    peak: 1,
    lanes: [
      { index: 0, status: 200, sent: 1, started: 2, ended: 31, received: 32 },
      { index: 1, status: 200, sent: 1, started: 31, ended: 59, received: 60 },
    ],
  },
}

function holds(expectation: unknown, variables = {}): boolean {
  return evaluate(Expectation.parse(expectation), evidence, variables).every((check) => check.ok)
}

test.each([
  [{ status: 201 }, { status: 200 }],
  [
    { header: [{ name: 'Content-Type', equals: 'application/json' }] },
    { header: [{ name: 'Location', exists: true }] },
  ],
  [{ header: [{ name: 'Location', exists: false }] }, { header: [{ name: 'Content-Type', exists: false }] }],
  [
    { json: [{ path: 'nested.deep.0.type', equals: 'missing' }] },
    { json: [{ path: 'nested.deep.1.type', equals: 'missing' }] },
  ],
  [{ json: [{ path: 'none', equals: null }] }, { json: [{ path: 'nowhere', equals: null }] }],
  [
    { json: [{ path: 'tags', contains: 'a', length: 2 }] },
    { json: [{ path: 'tags', contains: 'c', length: 2 }] },
  ],
  [{ json: [{ path: '', lacks: 'password' }] }, { json: [{ path: '', lacks: 'id' }] }],
  [{ json: [{ path: 'id', type: 'number', atLeast: 4, atMost: 4 }] }, { json: [{ path: 'id', atLeast: 5 }] }],
  [{ json: [{ path: 'id', equals: '{{id}}' }] }, { json: [{ path: 'id', not: '{{id}}' }] }],
  [{ text: { matches: '"id":\\d' } }, { text: { matches: '^id' } }],
  [
    { trace: [{ step: 'database.get_db', count: { equals: 2 }, verdict: 'cached' }] },
    { trace: [{ step: 'database.get_db', count: { equals: 1 } }] },
  ],
  [
    { trace: [{ step: 'users.delete_user', count: { equals: 0 } }] },
    { trace: [{ step: 'users.delete_user' }] },
  ],
  [
    { trace: [{ step: 'database.get_db', before: 'users.create_user' }] },
    { trace: [{ step: 'users.create_user', before: 'middleware.access_log' }] },
  ],
  [
    { trace: [{ step: 'database.get_db', within: 'users.create_user' }] },
    { trace: [{ step: 'middleware.access_log', within: 'users.create_user' }] },
  ],
  [
    { trace: [{ step: 'database.get_db', longerThan: 'users.create_user' }] },
    { trace: [{ step: 'users.create_user', longerThan: 'database.get_db' }] },
  ],
  [
    { trace: [{ step: 'database.get_db', duration: { atLeast: 40 } }] },
    { trace: [{ step: 'database.get_db', duration: { atLeast: 41 } }] },
  ],
  [
    { json: [{ path: 'token', payload: 'sub', equals: '7' }] },
    { json: [{ path: 'token', payload: 'aud', exists: true }] },
  ],
  [{ json: [{ path: 'id', atMost: '{{id}}' }] }, { json: [{ path: 'id', atLeast: '{{none}}' }] }],
  [{ json: [{ path: 'none', not: '{{id}}' }] }, { json: [{ path: 'none', not: '{{none}}' }] }],
  [{ burst: { queued: { atLeast: 30 } } }, { burst: { queued: { atLeast: 31 } } }],
  [{ burst: { duration: { atMost: 60 } } }, { burst: { duration: { atMost: 59 } } }],
  [
    { trace: [{ step: 'lab.in_turn', atOnce: { equals: 1 } }] },
    { trace: [{ step: 'lab.in_turn', atOnce: { equals: 2 } }] },
  ],
  [
    { trace: [{ step: 'lab.together', atOnce: { equals: 2 } }] },
    { trace: [{ step: 'lab.together', atOnce: { equals: 1 } }] },
  ],
  [
    { trace: [{ step: 'database.create_all', startUp: true, within: 'main.lifespan' }] },
    { trace: [{ step: 'database.create_all' }] },
  ],
  [
    { trace: [{ step: 'users.create_user', startUp: true, count: { equals: 0 } }] },
    { trace: [{ step: 'users.create_user', startUp: true }] },
  ],
  [
    { store: [{ table: 'users', where: { id: 1 }, row: [{ path: 'name', equals: 'Ada' }] }] },
    { store: [{ table: 'users', row: [{ path: 'name', equals: 'Ada' }] }] },
  ],
  [
    { store: [{ table: 'users', where: { id: 9 }, count: { equals: 0 } }] },
    { store: [{ table: 'users', where: { id: 9 } }] },
  ],
  [
    { store: [{ table: 'users', where: { name: 'Grace' }, count: { equals: 0 } }] },
    { store: [{ table: 'user', where: { name: 'Grace' }, count: { equals: 0 } }] },
  ],
  [
    { store: [{ table: 'users', where: { name: 'Grace' }, count: { atMost: 1 } }] },
    { store: [{ table: 'users', where: { nam: 'Grace' }, count: { atMost: 1 } }] },
  ],
])('%j holds and %j does not', (right, wrong) => {
  expect(holds(right, { id: 4 })).toBe(true)
  expect(holds(wrong, { id: 4 })).toBe(false)
})

test('no claim holds when its evidence is missing', () => {
  const nothing: Evidence = { ...evidence, json: undefined, trace: null, store: null, burst: null }
  for (const expectation of [
    { json: [{ path: '', lacks: 'password' }] },
    { json: [{ path: 'id', not: 3 }] },
    { json: [{ path: 'password', exists: false }] },
    { trace: [{ step: 'users.delete_user', count: { equals: 0 } }] },
    { trace: [{ step: 'database.get_db' }] },
    { trace: [{ step: 'database.get_db', startUp: true, count: { equals: 0 } }] },
    { store: [{ table: 'users', where: { id: 9 }, count: { equals: 0 } }] },
    { burst: { peak: { atLeast: 1 } } },
    { burst: { succeeded: { equals: 0 } } },
    { burst: { queued: { atMost: 1 } } },
    { json: [{ path: 'token', payload: 'sub', not: '8' }] },
  ]) {
    const checks = evaluate(Expectation.parse(expectation), nothing, {})
    expect(
      checks.some((check) => !check.ok),
      JSON.stringify(expectation),
    ).toBe(true)
  }
})

test('a check shows what was expected and what was received', () => {
  expect(evaluate(Expectation.parse({ status: 404 }), evidence, {})).toEqual([
    { subject: 'status', expected: '404', actual: '201', ok: false },
  ])
})

test('a value is shown as the response wrote it, and compared by value', () => {
  const text = '{"a": 12345678901234567890, "b": 1.0, "c": {"2": 1e3, "1": -0}}'
  const evidence = {
    status: 200,
    headers: {},
    text,
    json: JSON.parse(text) as unknown,
    trace: null,
    store: null,
    burst: null,
  }
  const actual = (path: string, equals: unknown) =>
    evaluate({ json: [{ path, equals: equals as number }] }, evidence, {
      saved: new VerbatimJson('1.0', 1),
    }).map((check) => [check.actual, check.ok])
  expect(actual('a', 1)).toEqual([['12345678901234567890', false]])
  expect(actual('b', 1)).toEqual([['1.0', true]])
  expect(actual('b', '{{saved}}')).toEqual([['1.0', true]])
  expect(actual('c', 0)).toEqual([['{"2":1e3,"1":-0}', false]])
  expect(actual('missing', 0)).toEqual([['absent', false]])
})

test('a saved value is sent as the response wrote it, and the rest of a body as it was typed', () => {
  const step = Step.parse({
    id: 'a',
    title: 'Save',
    note: 'An answer.',
    path: '/',
    save: { big: 'big', one: 'one' },
  })
  const text = '{"big": 12345678901234567890, "one": 1.0}'
  const saved = savedFrom(step, JSON.parse(text), text)
  expect(fillJson('{"2": 1.50, "1": "{{big}}", "x{{y}}": "= {{one}} {{none}}", "a": "\\u00e9"}', saved)).toBe(
    '{"2": 1.50, "1": 12345678901234567890, "x{{y}}": "= 1.0 {{none}}", "a": "\\u00e9"}',
  )
  expect(fillText('/users/{{big}}', saved)).toBe('/users/12345678901234567890')
  expect(fillJson('{"a": {{one}}', saved)).toBe('{"a": 1.0')
})

test('a part of a text and a value of the trace are saved, and what is not there is not', () => {
  const step = Step.parse({
    id: 'a',
    title: 'Save',
    note: 'An answer.',
    path: '/',
    save: {
      end: { path: 'token', matches: '[^.]+$' },
      none: { path: 'token', matches: '^[.]' },
      number: { path: 'id', matches: '.' },
      summary: { step: 'users.create_user', path: 'summary' },
      first: { step: 'users.create_user', path: 'kind', matches: '^.' },
      nowhere: { step: 'users.delete_user', path: 'summary' },
    },
  })
  expect(savedFrom(step, { token: 'a.b.c', id: 4 })).toEqual({ end: 'c' })
  expect(savedFromTrace(step, evidence.trace)).toEqual({ summary: '', first: 'h' })
  expect(savedFromTrace(step, null)).toEqual({})
  expect(evidenceNeeded(step)).toEqual({ trace: true, store: false })
})

test('only a JWT has a payload', () => {
  expect(payloadOf('e30.eyJzdWIiOiLDpCJ9.')).toEqual({ sub: 'ä' })
  for (const value of ['', 'a.b', 'a.!.c', 'e30.e30.e30.e30', 7, null])
    expect(payloadOf(value)).toBe(undefined)
})
