import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftOf } from '#contract/interview/draft-of.ts'
import { PlanDraft, type LessonQuestion } from '#contract/interview/plan.ts'
import { PLAYGROUND_MODES } from '#contract/interview/playground-mode.ts'
import { SNIPPET_LANGUAGES } from '#contract/interview/snippet.ts'
import { LEVELS } from '#contract/level.ts'
import { TASK_PLAN } from '../testing/sample-plan.ts'
import { resolvePlan } from './resolve-plan.ts'

const LESSONS = new Map<string, LessonQuestion>(
  TASK_PLAN.questions.map(({ key: _, playground: __, note: ___, task, bug, snippets: ____, ...lesson }) => {
    const slug = lesson.slug ?? ''
    const tasks = task === null ? [] : [{ ...task, lesson: slug, id: 'its-task' }]
    const bugs = bug === null ? [] : [{ ...bug, lesson: slug, id: 'its-bug' }]
    return [slug, { ...lesson, slug, tasks, bugs, sources: [] }]
  }),
)
const words = fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,12})?$/)
const TASKS = [...LESSONS.values()].flatMap(({ tasks }) => tasks.map(({ lesson, id }) => ({ lesson, id })))
const snippet = fc.record({ language: fc.constantFrom(...SNIPPET_LANGUAGES), code: words })
const BUGS = [...LESSONS.values()].flatMap(({ bugs }) => bugs.map(({ lesson, id }) => ({ lesson, id })))
/** A task needs an open playground; a bug doesn't. */
const doing = fc.oneof(
  fc.record({ playground: fc.constantFrom(...PLAYGROUND_MODES), task: fc.constant(undefined) }),
  fc.record({
    playground: fc.constantFrom('requests' as const, 'explained' as const),
    task: fc.constantFrom(...TASKS),
  }),
  fc.record({ playground: fc.constantFrom(...PLAYGROUND_MODES), bug: fc.constantFrom(...BUGS) }),
)
const common = {
  doing,
  snippets: fc.option(fc.array(snippet, { maxLength: 2 }), { nil: undefined }),
  note: words,
  pool: fc.option(fc.constantFrom('A' as const, 'B' as const), { nil: undefined }),
}
const own = fc.record({
  ...common,
  ...{ from: fc.constant('own' as const), title: words, question: words, answer: words },
  ...{ level: fc.constantFrom(...LEVELS), topics: fc.array(words, { maxLength: 3 }) },
  minutes: fc.integer({ min: 1, max: 120 }),
  ...{ keyPoints: fc.array(words, { maxLength: 3 }), redFlags: fc.array(words, { maxLength: 3 }) },
  followUps: fc.array(fc.record({ question: words, answer: words }), { maxLength: 3 }),
  rubric: fc.option(fc.constant(Array<string>(5).fill('a sentence of one’s own')), { nil: undefined }),
})
const lessons = fc.subarray([...LESSONS.keys()]).chain((slugs) =>
  fc.tuple(
    ...slugs.map((slug) =>
      fc.record({
        ...common,
        ...{ from: fc.constant('lesson' as const), slug: fc.constant(slug) },
        minutes: fc.option(fc.integer({ min: 1, max: 120 }), { nil: undefined }),
      }),
    ),
  ),
)
const drafts = fc
  .record({
    title: words,
    shuffle: fc.boolean(),
    own: fc.array(own, { minLength: 1, maxLength: 4 }),
    lessons,
  })
  .map(({ title, shuffle, own: owns, lessons: chosen }) => {
    const questions = [...owns, ...chosen].map(({ doing: what, ...question }) => ({ ...question, ...what }))
    const pools = (['A', 'B'] as const)
      .filter((key) => questions.some(({ pool }) => pool === key))
      .map((key) => ({ key, draw: 1 }))
    return PlanDraft.parse({ title, shuffle, questions, pools })
  })

test('the set of an interview, used again, makes the same interview', () => {
  fc.assert(
    fc.property(drafts, (draft) => {
      const plan = resolvePlan(draft, LESSONS)
      const again = PlanDraft.parse(JSON.parse(JSON.stringify(draftOf(plan))))
      expect(resolvePlan(again, LESSONS)).toEqual(plan)
    }),
  )
})
