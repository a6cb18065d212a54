import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Expectation, type Matcher } from '#contract/claim.ts'
import { match } from '#contract/match.ts'
import { vacuousRules } from './vacuous-rules.ts'

const causes = (expect: unknown, burst?: number): string[] =>
  vacuousRules(Expectation.parse(expect), { burst, save: { id: 'id' } }).map(
    ({ path, cause }) => `${path.join('.')}: ${cause}`,
  )
const ofText = (rule: Matcher): string[] => causes({ status: 200, text: rule })
const ofCount = (rule: Matcher): string[] => causes({ store: [{ table: 'users', count: rule }] })

const anyCountRule = fc.oneof(
  fc.record({ atLeast: fc.integer({ min: -3, max: 5 }) }),
  fc.record({ atMost: fc.integer({ min: -1, max: 9 }) }),
  fc.record({ equals: fc.integer({ min: -1, max: 9 }) }),
  fc.record({ not: fc.oneof(fc.integer({ min: -3, max: 9 }), fc.string(), fc.constant(null)) }),
  fc.record({ lacks: fc.string() }),
  fc.record({ exists: fc.boolean() }),
  fc.record({ type: fc.constantFrom('number' as const, 'string' as const, 'null' as const) }),
)

test('a rule on a number of rows is a fault when, and only when, no number breaks it', () => {
  const numbers = Array.from({ length: 30 }, (_, number) => number)
  fc.assert(
    fc.property(anyCountRule, (rule) => {
      const holdsForAll = numbers.every((number) => match('', number, rule).every(({ ok }) => ok))
      expect(ofCount(rule).length > 0).toBe(holdsForAll)
    }),
  )
})

const part = fc.constantFrom(
  '',
  '^',
  '$',
  '.',
  '.*',
  'a',
  'a*',
  '\\w',
  '\\w*',
  '[^]*',
  '(?:)',
  '\\d?',
  'ok|',
  '(?!ok)',
  '^(?!.*no)',
)

test('a pattern that is a fault finds something in any text', () => {
  fc.assert(
    fc.property(fc.array(part, { maxLength: 3 }), fc.string({ unit: 'binary' }), (parts, text) => {
      const rule = { matches: parts.join('') }
      fc.pre(ofText(rule).length > 0)
      expect(match('', text, rule).every(({ ok }) => ok)).toBe(true)
    }),
  )
})

test('a rule that names any word can be wrong', () => {
  const word = fc.stringMatching(/^[a-z]{2,12}$/)
  fc.assert(
    fc.property(word, (name) => {
      const rules: Matcher[] = [
        ...[{ lacks: name }, { contains: name }, { not: name }, { equals: name }, { matches: name }],
        ...[{ matches: `^(?!.*${name})` }, { matches: `^${name}*$` }, { length: name.length }],
      ]
      for (const rule of rules) expect(ofText(rule)).toEqual([])
    }),
  )
})

describe('each is a fault', () => {
  test.each<[expectation: object, burst: number | undefined, path: string]>([
    [{ text: { matches: '.*' } }, undefined, 'text.matches'],
    [{ json: [{ path: 'id', equals: '{{id}}' }] }, undefined, 'json.0.equals'],
    [{ json: [{ path: ['id'], atMost: '{{id}}' }] }, undefined, 'json.0.atMost'],
    [{ text: { contains: '' } }, undefined, 'text.contains'],
    [{ text: { exists: true } }, undefined, 'text.exists'],
    [{ text: { type: 'string' } }, undefined, 'text.type'],
    [{ text: { not: 3 } }, undefined, 'text.not'],
    [{ header: [{ name: 'Content Type', exists: false }] }, undefined, 'header.0.name'],
    [{ trace: [{ step: 'auth.login', count: { atLeast: 0 } }] }, undefined, 'trace.0.count.atLeast'],
    [{ trace: [{ step: 'auth.login', duration: { atLeast: 0 } }] }, undefined, 'trace.0.duration.atLeast'],
    [{ trace: [{ step: 'auth.login', atOnce: { atLeast: 1 } }] }, undefined, 'trace.0.atOnce.atLeast'],
    [{ trace: [{ step: 'auth.login', count: { atMost: 2 }, verdict: 'ok' }] }, undefined, 'trace.0.verdict'],
    [{ store: [{ table: 'users', row: [{ path: 'id', exists: true }] }] }, undefined, 'store.0.row.0.exists'],
    [{ burst: { peak: { atMost: 40 } } }, 40, 'burst.peak.atMost'],
    [{ burst: { succeeded: { atLeast: 0 } } }, 40, 'burst.succeeded.atLeast'],
    [{ status: 200, burst: { peak: { equals: 40 } } }, 40, 'status'],
    [{ burst: { peak: { equals: 40 } }, trace: [{ step: 'auth.login' }] }, 40, 'trace'],
    [{ burst: { peak: { equals: 40 } } }, undefined, 'burst'],
    [{ status: 200, store: [] }, undefined, 'store'],
  ])('%j', (expectation, burst, path) => {
    expect(causes(expectation, burst).map((cause) => cause.split(':')[0])).toEqual([path])
  })
})

describe('none is a fault', () => {
  test.each<[expectation: object, burst: number | undefined]>([
    [{ json: [{ path: 'owner', equals: '{{id}}' }] }, undefined],
    [{ json: [{ path: 'id', payload: 'sub', equals: '{{id}}' }] }, undefined],
    [{ text: { lacks: 'correct-horse' } }, undefined],
    [{ text: { matches: '^(?!.*correct-horse)' } }, undefined],
    [{ header: [{ name: 'X-Powered-By', exists: false }] }, undefined],
    [
      {
        json: [
          { path: 'password', exists: false },
          { path: 'id', type: 'number' },
        ],
      },
      undefined,
    ],
    [{ trace: [{ step: 'auth.login', count: { equals: 0 } }] }, undefined],
    [
      { trace: [{ step: 'auth.login', count: { equals: 2 }, atOnce: { equals: 1 }, verdict: 'ok' }] },
      undefined,
    ],
    [
      { store: [{ table: 'users', count: { equals: '{{before}}' }, row: [{ path: 'bio', equals: null }] }] },
      undefined,
    ],
    [{ burst: { peak: { atMost: 39 }, duration: { atMost: '{{oneByOne}}' } } }, 40],
  ])('%j', (expectation, burst) => {
    expect(causes(expectation, burst)).toEqual([])
  })
})
