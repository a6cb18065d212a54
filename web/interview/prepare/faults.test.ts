// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { PlanDraft, PlanItem } from '#contract/interview/plan.ts'
import { missingInDeck, questionFault, setFault } from './faults.ts'
import { readTemplate, templateOf } from './template.ts'

const own = {
  ...{ from: 'own', title: 'Why us', question: 'Why do you want to work here?', level: 'junior' },
  ...{ topics: ['Motivation'], minutes: 10, playground: 'requests', note: '' },
}
const long = 'a'.repeat(30_000)

/** Wrong values for a question, and what its author reads. */
const WRONG: readonly (readonly [object, string])[] = [
  [{ title: ' ' }, 'Title: enter some text.'],
  [{ question: long }, 'Question: shorten it to at most 2000 characters.'],
  [{ minutes: 0 }, 'Minutes: enter a whole number of minutes from 1 to 120.'],
  [{ minutes: 121 }, 'Minutes: enter a whole number of minutes from 1 to 120.'],
  [{ topics: ['HTTP', long] }, 'Topic 2: shorten it to at most 40 characters.'],
  [{ keyPoints: Array(13).fill('a point') }, 'Key points: keep at most 12.'],
  [{ followUps: [{ question: long }] }, 'Follow-up 1: shorten it to at most 300 characters.'],
  [
    { rubric: ['short', ...Array<string>(4).fill('long enough')] },
    'Rubric for 0: write at least 10 characters.',
  ],
  [{ level: 'senior' }, 'Level: use one of starter, junior, deeper.'],
]

test.each(WRONG.map(([wrong, sentence]) => [sentence, wrong] as const))(
  'a question is refused with “%s”',
  (sentence, wrong) => {
    const read = PlanItem.safeParse({ ...own, ...wrong })
    expect(read.error && questionFault(read.error)).toBe(sentence)
    const set = PlanDraft.safeParse({ title: 'Backend', questions: [own, { ...own, ...wrong }] })
    expect(set.error && setFault(set.error)).toBe(`Question 2: ${sentence}`)
  },
)

test('for a set without a title or questions the message says what is missing', () => {
  const untitled = PlanDraft.safeParse({ title: '', questions: [own] })
  expect(untitled.error && setFault(untitled.error)).toBe('Give the set a title.')
  const empty = PlanDraft.safeParse({ title: 'Backend', questions: [] })
  expect(empty.error && setFault(empty.error)).toBe('Choose at least one question.')
  const full = PlanDraft.safeParse({ title: 'Backend', questions: Array(31).fill(own) })
  expect(full.error && setFault(full.error)).toBe('Questions: keep at most 30.')
})

test('a set with several faults lists three of them and counts the others', () => {
  const bad = { ...own, title: '', minutes: 0 }
  const read = PlanDraft.safeParse({ title: '', questions: [bad, bad] })
  expect(read.error && setFault(read.error)).toBe(
    'Give the set a title. Question 1: Title: enter some text. ' +
      'Question 1: Minutes: enter a whole number of minutes from 1 to 120. And 2 more faults.',
  )
})

test('what a set says as a whole names the question or the pool', () => {
  const lesson = { from: 'lesson', slug: '05-jwt', playground: 'closed', note: '' }
  const twice = PlanDraft.safeParse({ title: 'Backend', questions: [lesson, own, lesson] })
  expect(twice.error && setFault(twice.error)).toBe(
    'Question 3: Lesson: it is in the set already. Remove one of the two.',
  )
  const pooled = { ...own, pool: 'A' }
  const pools = [{ key: 'A', draw: 2 }]
  const drained = PlanDraft.safeParse({ title: 'Backend', questions: [pooled], pools })
  expect(drained.error && setFault(drained.error)).toBe(
    'Pools: pool A has 1 question, so 2 can’t be drawn. Draw fewer or add questions to it.',
  )
  const unpooled = PlanDraft.safeParse({ title: 'Backend', questions: [pooled] })
  expect(unpooled.error && setFault(unpooled.error)).toBe(
    'Question 1: Pool: there is no pool A. Add it or choose another one.',
  )
})

test('a question whose lesson, task or bug this deck doesn’t have is named, once the deck is known', () => {
  const deck = new Map([['05-jwt', { tasks: [{ id: 'forge-it' }], bugs: [{ id: 'no-expiry' }] }]])
  const lesson = (slug: string): PlanItem => ({ from: 'lesson', slug, playground: 'requests', note: '' })
  const withTask = (id: string): PlanItem => ({ ...lesson('05-jwt'), task: { lesson: '05-jwt', id } })
  expect(missingInDeck(lesson('05-jwt'), 0, deck)).toBeNull()
  expect(missingInDeck(withTask('forge-it'), 0, deck)).toBeNull()
  expect(missingInDeck(lesson('99-nope'), 2, deck)).toBe('Question 3: this deck has no lesson “99-nope”.')
  expect(missingInDeck(withTask('nope'), 0, deck)).toBe(
    'Question 1: this deck has no task “nope” in a lesson “05-jwt”.',
  )
  const withBug = (id: string): PlanItem => ({ ...lesson('05-jwt'), bug: { lesson: '05-jwt', id } })
  expect(missingInDeck(withBug('no-expiry'), 0, deck)).toBeNull()
  expect(missingInDeck(withBug('nope'), 1, deck)).toBe(
    'Question 2: this deck has no bug “nope” in a lesson “05-jwt”.',
  )
  expect(missingInDeck(lesson('99-nope'), 0, new Map())).toBeNull()
})

test('a file that isn’t a set is refused with what to do', () => {
  const unknown = 'This file isn’t a set of questions that was exported here. Export one to see the format.'
  const template = { format: 'viva-interview-template', version: 1 }
  for (const json of [null, [], {}, { ...template, version: 2 }, template, { ...template, plan: 5 }])
    expect(readTemplate(JSON.stringify(json))).toEqual({ fault: unknown })
  expect(readTemplate('{')).toEqual({
    fault: 'This file isn’t valid JSON. Choose a set that was exported here.',
  })
})

const COMPLETE = {
  title: 'Backend',
  shuffle: true,
  pools: [{ key: 'A', draw: 1 }],
  questions: [
    { from: 'lesson', slug: '05-jwt', minutes: 10, playground: 'closed', note: 'n', pool: 'A' },
    {
      ...own,
      ...{ answer: 'Because.', keyPoints: ['names our product'], redFlags: ['salary only'], note: 'n' },
      followUps: [{ question: 'Why now?', answer: 'Since …' }],
      rubric: Array<string>(5).fill('a sentence of a rubric'),
      snippets: [{ language: 'python', code: 'x = 1' }],
      task: { lesson: '05-jwt', id: 'a-task' },
    },
  ],
}
type Place = readonly (string | number)[]

/** Every place in a JSON value, itself excluded. */
function placesOf(json: unknown, at: Place = []): Place[] {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([name, value]) => {
    const place = [...at, Array.isArray(json) ? Number(name) : name]
    return [place, ...placesOf(value, place)]
  })
}

function changed(json: unknown, [first, ...rest]: Place, change: (value: unknown) => unknown): unknown {
  if (first === undefined) return change(json)
  const copy = structuredClone(json) as Record<string | number, unknown>
  const value = changed(copy[first], rest, change)
  if (value === undefined) delete copy[first]
  else copy[first] = value
  return copy
}

/** Words that a schema library would use, and that nobody should read. */
const JARGON =
  /expected|received|invalid|>=|<=|\bstring\b|\barray\b|\bnumber\b(?! of minutes)(?!, 1)|\bobject\b|undefined|\bnull\b|NaN|regex|pattern|too (?:small|big)|discriminator|enum|unrecognized|isn’t valid/i

test('whatever is wrong with a set, and wherever, the message names the place and what to do in plain words', () => {
  const places = placesOf(COMPLETE)
  const anything = fc.oneof(
    fc.constantFrom(undefined, null, '', ' ', long, -1, 0, 1.5, 1e9, true, [], {}, Array(40).fill('x')),
    fc.constantFrom('__proto__', 'NaN', { from: 'elsewhere' }, [null], [[]], { extra: 1 }),
  )
  let broken = 0
  fc.assert(
    fc.property(fc.constantFrom(...places), anything, (place, value) => {
      const plan = changed(COMPLETE, place, (before) =>
        // An unknown field is a fault, too.
        typeof before === 'object' && before !== null && !Array.isArray(before) && value === null
          ? { ...before, extra: 1 }
          : value,
      )
      const read = readTemplate(JSON.stringify({ format: 'viva-interview-template', version: 1, plan }))
      if ('plan' in read) return
      broken += 1
      expect(read.fault).not.toMatch(JARGON)
      expect(read.fault).toMatch(/[.]$/)
      const [part, index, field] = place
      // A question may be taken out of its pool: then the pool is what is wrong.
      if (field === 'pool' && value === undefined) return
      if (part === 'questions' && typeof index === 'number')
        expect(read.fault).toContain(`Question ${index + 1}: `)
      if (field !== undefined && part === 'questions' && field !== 'from')
        expect(read.fault).toMatch(/Question \d: [A-Z][a-z -]+/)
    }),
    { numRuns: 1_500 },
  )
  expect(broken).toBeGreaterThan(500)
  const whole = readTemplate(templateOf(PlanDraft.parse(COMPLETE)))
  expect(whole).toEqual({ plan: PlanDraft.parse(COMPLETE) })
})
