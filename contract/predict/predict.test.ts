import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type Evidence } from '../evaluate.ts'
import { Step } from '../lesson.ts'
import type { TraceStep } from '../trace.ts'
import { actualOf } from './actual.ts'
import { nearbyChoices, shuffled, statusChoices } from './choices.ts'
import { givesAway } from './gives-away.ts'
import { predictionOf } from './predict.ts'

const HANDLERS = new Set(['users.create_user', 'items.get_items'])
const NAMES = [...HANDLERS, 'auth.hash_password', 'database.get_db', 'models.user']
const STATUSES = [200, 201, 204, 307, 400, 401, 403, 404, 405, 409, 415, 422, 500]

function stepWith(part: object): Step {
  return Step.parse({ id: 'a-step', title: 'A request', note: 'Something.', path: '/users/', ...part })
}

const claim = (expect: object, id = 'c') => ({ id, sentence: 'a sentence', shows: 'what it shows', expect })

/** Anything that may have happened when a step ran. */
const evidence = fc
  .record({
    status: fc.constantFrom(...STATUSES),
    problems: fc.integer({ min: 0, max: 6 }),
    users: fc.integer({ min: 0, max: 9 }),
    ran: fc.array(
      fc.record({
        name: fc.constantFrom(...NAMES),
        verdict: fc.constantFrom('ok' as const, 'refused' as const),
        ranIn: fc.constantFrom('event loop' as const, 'threadpool' as const),
      }),
      { maxLength: 5 },
    ),
    burst: fc.option(
      fc.record({ n: fc.integer({ min: 2, max: 100 }), peak: fc.nat(99), failed: fc.nat(99) }),
    ),
  })
  .map(({ status, problems, users, ran, burst }): Evidence => {
    const n = burst?.n ?? 0
    const lane = (index: number) => ({
      ...{ index, sent: 0, started: 1, ended: 2, received: 3 },
      status: index < (burst?.failed ?? 0) % n ? 500 : 200,
    })
    const steps = ran.map(({ name, verdict, ranIn }, index): TraceStep => {
      const times = { start: index, duration: 1, own: 1 }
      const detail = { kind: 'handler' as const, ranIn, summary: '' }
      return { index, parent: null, name, kind: 'handler', title: name, ...times, verdict, detail }
    })
    const span = {
      spanId: '',
      method: 'GET',
      path: '/',
      status,
      startedAt: '',
      duration: 9,
      truncated: false,
    }
    const rows = Array.from({ length: users }, (_, index) => ({ id: index + 1, age: index % 2 }))
    const json = { detail: Array.from({ length: problems }, () => ({})) }
    return {
      ...{ status, headers: {}, json, text: JSON.stringify(json) },
      trace: { id: '', requests: [{ ...span, steps }] },
      store: { revision: 1, tables: { users: { columns: ['id', 'age'], rows } } },
      burst:
        burst === null
          ? null
          : {
              ...{ path: '/', n, duration: 9, peak: (burst.peak % n) + 1 },
              lanes: Array.from({ length: n }, (_, index) => lane(index)),
            },
    }
  })

/** Everything about the evidence that a claim can say and a question can be about. */
function truthsOf({ status, json, trace, store, burst }: Evidence): object[] {
  const ran = trace?.requests[0]?.steps ?? []
  const rows = store?.tables.users?.rows ?? []
  const detail = (json as { detail: unknown[] }).detail
  if (burst !== null) {
    const succeeded = burst.lanes.filter((lane) => lane.status === 200).length
    return [{ burst: { peak: { equals: burst.peak } } }, { burst: { succeeded: { equals: succeeded } } }]
  }
  return [
    { status },
    { json: [{ path: 'detail', length: detail.length }] },
    { store: [{ table: 'users', count: { equals: rows.length } }] },
    { store: [{ table: 'users', where: { id: 1 }, count: { equals: Math.min(1, rows.length) } }] },
    ...NAMES.map((step) => {
      const count = ran.filter(({ name }) => name === step).length
      return { trace: [{ step, count: { equals: count } }] }
    }),
    ...ran.flatMap(({ name, verdict, detail }) => [
      { trace: [{ step: name, verdict }] },
      { trace: [{ step: name, detail: [{ path: 'ranIn', equals: 'ranIn' in detail ? detail.ranIn : '' }] }] },
    ]),
  ]
}

test('whatever happened: where claims that hold lead to a question, its answer is what happened', () => {
  let asked = 0
  const run = fc.property(
    evidence.chain((happened) =>
      fc.record({
        happened: fc.constant(happened),
        truths: fc.shuffledSubarray(truthsOf(happened), { minLength: 1 }),
        slug: fc.stringMatching(/^[a-z]{1,9}$/),
        method: fc.constantFrom('GET', 'POST', 'DELETE'),
        path: fc.constantFrom('/users/', '/users/1', '/login'),
        fresh: fc.boolean(),
      }),
    ),
    ({ happened, truths, slug, method, path, fresh }) => {
      const claims = truths.map((expect, index) => claim(expect, `c${index}`))
      const burst = happened.burst === null ? {} : { burst: happened.burst.n, method: 'GET' }
      const step = stepWith({ method, path, fresh, claims, ...burst })
      const prediction = predictionOf(slug, step, HANDLERS)
      expect(predictionOf(slug, step, HANDLERS)).toEqual(prediction)
      if (prediction === null) return
      asked++
      const values = prediction.choices.map(({ value }) => value)
      expect(values.length).toBeGreaterThanOrEqual(3)
      expect(values.length).toBeLessThanOrEqual(4)
      expect(new Set(values).size).toBe(values.length)
      expect(new Set(prediction.choices.map(({ label }) => label)).size).toBe(values.length)
      expect(values).toContain(prediction.answer)
      const checks = step.claims.flatMap(({ expect }) => evaluate(expect, happened, {}))
      expect(checks.filter(({ ok }) => !ok)).toEqual([])
      expect(actualOf(prediction.ask, { ...happened, checks })).toBe(prediction.answer)
      expect(step.claims.map(({ id }) => id)).toContain(prediction.claim)
    },
  )
  fc.assert(run, { numRuns: 600 })
  expect(asked).toBeGreaterThan(150)
})

test.each([
  ['no claims', []],
  ['statuses that contradict each other', [claim({ status: 401 }, 'a'), claim({ status: 403 }, 'b')]],
  [
    'a number that an earlier step saves',
    [claim({ store: [{ table: 'users', where: { id: '{{id}}' }, count: { equals: 1 } }] })],
  ],
  ['only a bound', [claim({ store: [{ table: 'users', count: { atLeast: 1 } }] })]],
  ['a GET that works', [claim({ status: 200 })]],
])('nothing is asked where there is %s', (_name, claims) => {
  expect(predictionOf('01-a', stepWith({ fresh: true, claims }), HANDLERS)).toBeNull()
})

test.each([
  ['A request that ends in 404', { status: 404 }],
  ['This is Forbidden', { status: 403 }],
  ['A request that no handler sees', { trace: [{ step: 'users.create_user', count: { equals: 0 } }] }],
  ['Four problems at once', { status: 422, json: [{ path: 'detail', length: 4 }] }],
])('a title that gives the answer away is not asked about it: %s', (title, expected) => {
  const prediction = predictionOf(
    '01-a',
    stepWith({ method: 'POST', title, claims: [claim(expected)] }),
    HANDLERS,
  )
  if (prediction !== null) expect(givesAway(prediction.ask, prediction.answer, title)).toBe(false)
  const { status } = expected as { status?: number }
  if (title.includes('Four')) expect(prediction?.ask).toBe('status')
  else expect(prediction, `${status}`).toBeNull()
})

test('choices are what a request of that kind is commonly taken for', () => {
  const json = stepWith({ method: 'POST', json: {}, claims: [claim({ status: 422 })] })
  const statuses = statusChoices(json, 422, 'x').map(({ value }) => value)
  expect(statuses.toSorted()).toEqual(['400', '401', '422', '500'])
  const other = stepWith({ method: 'PATCH', path: '/users/2', as: 'ada', json: {}, claims: [] })
  expect(statusChoices(other, 200, 'x').map(({ value }) => value)).toContain('403')
  const form = stepWith({ method: 'POST', form: { a: 'b' }, claims: [] })
  expect(statusChoices(form, 401, 'x').map(({ value }) => value)).toContain('422')
})

test('each place in the row is as likely as any other', () => {
  const seeds = Array.from({ length: 4_000 }, (_, index) => `07-lesson/step-${index}`)
  const json = stepWith({ method: 'POST', json: {}, claims: [] })
  const placesOf = (position: (seed: string) => number): number[] => {
    const counts = [0, 0, 0, 0]
    for (const seed of seeds) counts[position(seed)]! += 1
    return counts.map((count) => count / seeds.length)
  }
  const words = 'abcd'.split('').map((value) => ({ value, label: value }))
  for (const shares of [
    placesOf((seed) => statusChoices(json, 422, seed).findIndex(({ value }) => value === '422')),
    placesOf((seed) => nearbyChoices(5, 0, seed).findIndex(({ value }) => value === '5')),
    placesOf((seed) => shuffled(words, seed).findIndex(({ value }) => value === 'b')),
  ]) {
    for (const share of shares) expect(share).toBeCloseTo(0.25, 1)
  }
})
