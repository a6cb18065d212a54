import type { Expectation, Matcher, TraceExpectation } from '#contract/claim.ts'
import type { Step } from '#contract/lesson.ts'
import { ABSENT, match, pathText } from '#contract/match.ts'
import { sourcesOf } from '#contract/request.ts'
import { StepDetail } from '#contract/trace.ts'
import { variablesIn } from '#contract/variables.ts'
import { didYouMean } from './fault.ts'
import type { WrongPart } from './tables.ts'

const COUNTS = [0, 1, 2, 3, 4, 5, 7, 10, 40, 60, 99, 1_000, 1_000_000]
const MILLISECONDS = [0, 0.001, 0.5, 1, 3.7, 20, 50, 250, 2_000, 5_000, 1_000_000]
const TEXTS = [
  ...[
    '',
    ' ',
    '\n',
    'a',
    'Z',
    '0',
    '-1',
    'ä',
    '•••',
    'null',
    'true',
    '{}',
    '[]',
    '""',
    '<p>',
    'a b c',
    'a.b',
  ],
  ...['Internal Server Error', '{"detail":"Not Found"}', '[{"id":1,"name":"Ada"}]', 'ada@example.com'],
  ...['x'.repeat(300), '2026-01-01T00:00:00.000Z', 'first line\nsecond line'],
]
const VALUES: unknown[] = [ABSENT, null, true, false, 0, 1, -1, 0.5, ...TEXTS, [], [1], ['a'], {}, { a: 1 }]

/**
 * Rules that hold for every value that could be there, and parts that are looked at only when there is something to look at: a claim
 * that has them seems to say more than it does.
 * @param step what is sent: a burst has neither trace nor rows, and what the step itself saves is what it is compared with
 */
export function vacuousRules(expect: Expectation, step: Pick<Step, 'burst' | 'save'>): WrongPart[] {
  const { burst } = step
  const { trace = [], store = [], text } = expect
  return [
    ...comparedWithItself(expect, step),
    ...emptyLists(expect),
    ...burstFaults(expect, burst),
    ...alwaysTrue(text, TEXTS, ['text'], 'any text'),
    ...(expect.header ?? []).flatMap(({ name, ...rules }, index) => [
      ...(/^[\w!#$%&'*+.^`|~-]+$/.test(name)
        ? []
        : [{ path: ['header', index, 'name'], cause: `no header can be called "${name}"` }]),
      ...alwaysTrue(rules, [ABSENT, ...TEXTS], ['header', index], 'any header'),
    ]),
    ...(expect.json ?? []).flatMap(({ path: _path, payload: _payload, ...rules }, index) =>
      alwaysTrue(rules, VALUES, ['json', index], 'any JSON'),
    ),
    ...trace.flatMap((part, index) => traceRules(part, ['trace', index])),
    ...store.flatMap(({ count, row = [] }, index) => [
      ...alwaysTrue(count, COUNTS, ['store', index, 'count'], 'any number of rows'),
      ...(row.length > 0 && allowsNone(count)
        ? [
            {
              path: ['store', index, 'row'],
              cause: 'row says nothing while count allows that no row is there',
            },
          ]
        : []),
      ...row.flatMap(({ path: _path, ...rules }, at) =>
        alwaysTrue(rules, [null, 0, 1, ...TEXTS], ['store', index, 'row', at], 'any row'),
      ),
    ]),
  ]
}

/** The keys of `trace` that are about a step which ran. */
const OF_A_STEP = ['verdict', 'before', 'within', 'longerThan', 'duration', 'atOnce', 'detail'] as const
const DETAIL_KEYS = [...new Set(StepDetail.options.flatMap((option) => Object.keys(option.shape)))]

function traceRules(part: TraceExpectation, path: PropertyKey[]): WrongPart[] {
  const ignored = OF_A_STEP.filter((key) => part[key] !== undefined)
  const unknown = (part.detail ?? []).flatMap(({ path: place }, index) => {
    const [key = ''] = typeof place === 'string' ? place.split('.') : place.map(String)
    const cause = `no trace step has "${key}" in its detail${didYouMean(key, DETAIL_KEYS)}`
    return key === '' || DETAIL_KEYS.includes(key)
      ? []
      : [{ path: [...path, 'detail', index, 'path'], cause }]
  })
  return [
    ...alwaysTrue(part.count, COUNTS, [...path, 'count'], 'any number of steps'),
    ...alwaysTrue(part.duration, MILLISECONDS, [...path, 'duration'], 'any duration'),
    ...alwaysTrue(part.atOnce, COUNTS.slice(1), [...path, 'atOnce'], 'any step that ran'),
    ...(ignored.length > 0 && allowsNone(part.count)
      ? [
          {
            path: [...path, ignored[0]!],
            cause: `${ignored.join(', ')} ${ignored.length === 1 ? 'says' : 'say'} nothing while count allows that ${part.step} never ran`,
          },
        ]
      : []),
    ...unknown,
  ]
}

function burstFaults(
  { burst, trace, store, status, header }: Expectation,
  times: number | undefined,
): WrongPart[] {
  if (times === undefined) {
    return burst === undefined
      ? []
      : [{ path: ['burst'], cause: 'only a step with "burst: 60" or so has a burst to look at' }]
  }
  const nothing = { trace, store, header }
  return [
    ...Object.entries(nothing).flatMap(([key, value]) =>
      value === undefined ? [] : [{ path: [key], cause: `a burst has no ${key} to look at; use burst` }],
    ),
    ...(status === undefined
      ? []
      : [
          {
            path: ['status'],
            cause: 'this is the status of the report on the burst, always 200; use burst: { succeeded: … }',
          },
        ]),
    ...(['peak', 'succeeded'] as const).flatMap((key) =>
      alwaysTrue(
        burst?.[key],
        COUNTS.filter((count) => count <= times).concat(times),
        ['burst', key],
        `any burst of ${times}`,
      ),
    ),
    ...(['queued', 'duration'] as const).flatMap((key) =>
      alwaysTrue(burst?.[key], MILLISECONDS, ['burst', key], 'any burst'),
    ),
  ]
}

/** Values of the response that are compared with a variable which this very step saves from the same place. */
function comparedWithItself({ json = [] }: Expectation, step: Pick<Step, 'save'>): WrongPart[] {
  const own = sourcesOf(step).filter(
    ([, source]) => source.step === undefined && source.matches === undefined,
  )
  return json.flatMap(({ path, payload, ...rules }, index) =>
    Object.entries(rules).flatMap(([rule, want]): WrongPart[] => {
      const name = own.find(([saved]) => want === `{{${saved}}}`)?.[0]
      const isSame = own.some(([saved, source]) => saved === name && source.path === pathOf(path))
      if (!isSame || payload !== undefined) return []
      const cause = `this step saves {{${name}}} from "${pathText(path)}", so the value is compared with itself`
      return [{ path: ['json', index, rule], cause }]
    }),
  )
}

function pathOf(path: string | (string | number)[]): string {
  return typeof path === 'string' ? path : path.join('.')
}

function emptyLists(expect: Expectation): WrongPart[] {
  return Object.entries(expect).flatMap(([key, part]) =>
    typeof part === 'object' && Object.keys(part).length === 0
      ? [{ path: [key], cause: `${key} is empty, so it says nothing; write a rule, or leave ${key} out` }]
      : [],
  )
}

/** Whether a count holds when there is none. @param count nothing stands for at least one */
function allowsNone(count: Matcher | undefined): boolean {
  return count !== undefined && match('', 0, count).every(({ ok }) => ok)
}

/** Each rule that holds for all of these values. */
function alwaysTrue(
  rules: Matcher | undefined,
  values: readonly unknown[],
  path: PropertyKey[],
  what: string,
): WrongPart[] {
  return Object.entries(rules ?? {}).flatMap(([rule, want]): WrongPart[] => {
    if (want === undefined || variablesIn(want).length > 0) return []
    const tried = [...values, ...likely(want, values)]
    if (!tried.every((value) => match('', value, { [rule]: want }).every(({ ok }) => ok))) return []
    const cause = `"${rule}: ${JSON.stringify(want)}" holds for ${what}, so it can never be wrong`
    return [{ path: [...path, rule], cause }]
  })
}

/** Values that a rule may be meant to tell apart: what it names, as it is and within other words. */
function likely(want: unknown, values: readonly unknown[]): unknown[] {
  if (values.every((value) => typeof value === 'number')) {
    return typeof want === 'number' && Number.isInteger(want) && want >= 0 && want <= Math.max(...values)
      ? [want]
      : []
  }
  const words = typeof want === 'string' ? [want, ...(want.match(/[\p{L}\p{N}]+/gu) ?? [])] : []
  const isText = values.every((value) => typeof value === 'string')
  return [
    ...(isText && typeof want !== 'string' ? [] : [want]),
    ...words.flatMap((word) => [word, `"${word}": ${word} ${word}.`]),
  ]
}
