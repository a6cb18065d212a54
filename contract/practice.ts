import { z } from 'zod'
import type { Bug, BugView } from './bug.ts'
import { Expectation, JsonExpectation, kebabCase as id, Matcher } from './claim.ts'
import type { Fact } from './fact.ts'
import { Misprediction } from './predict/misprediction.ts'
import type { Mistake } from './predict/prediction.ts'
import { hasSeveralBodies, isBurstOfWrites, requestFields } from './request-fields.ts'

const words = z.string().min(3)

/** A wrong belief that is common enough to have a name. Ids are unique in a deck: any lesson may refer to one. Words between backticks are code. */
export const Misconception = z.strictObject({
  id,
  /** As someone who holds it would put it. */
  belief: words,
  /** What is so instead, in one sentence. */
  truth: words,
})
export type Misconception = z.infer<typeof Misconception>

/** A request of a task or a quiz: what a step sends, without what a lesson says of it. */
export const PracticeRequest = z
  .strictObject(requestFields)
  .refine((request) => !hasSeveralBodies(request), {
    message: 'a request has only one body: keep one of json, form and text',
  })
  .refine((request) => !isBurstOfWrites(request), { message: 'a burst must use GET' })
export type PracticeRequest = z.infer<typeof PracticeRequest>

/** A near miss that is recognised, so that its confusion can be named. Both parts must hold. */
export const Trap = z.strictObject({
  sent: z.array(JsonExpectation).default([]),
  expect: Expectation.optional(),
  says: words,
  misconception: id.optional(),
})
export type Trap = z.infer<typeof Trap>

/** Something to bring about in the playground, judged by what happened. */
export const Task = z.strictObject({
  id,
  /** Plain text. */
  title: z.string().min(3).max(70),
  /** What has to happen, in Markdown. */
  ask: words,
  /** Steps of the lesson that run first, in the fresh sandbox that each task begins with. What they save may be used in all of the task. */
  after: z.array(id).default([]),
  /** What the editor holds at first. */
  start: PracticeRequest.optional(),
  /** Rules on the request that was sent: an object with method, path (without the query), query, headers (by lower-case name), json and form. */
  sent: z.array(JsonExpectation).default([]),
  expect: Expectation,
  traps: z.array(Trap).min(1),
  /** From a nudge to nearly the solution, shown one after another. */
  hints: z.array(words).min(2),
  /** Requests in order; the last one passes. A variable that one saves can be used in the next. */
  solution: z.array(PracticeRequest).min(1),
  /** Requests in order; the last one falls into a trap and doesn't pass. */
  nearMiss: z.array(PracticeRequest).min(1),
})
export type Task = z.infer<typeof Task>

const option = {
  /** Markdown, one paragraph. */
  says: z.string().min(1),
  /** What someone who chooses it mixes up. Every option has it but the right one. */
  feedback: words.optional(),
  misconception: id.optional(),
}
const quiz = {
  id,
  /** In Markdown. */
  ask: words,
  /** Said after any choice, in Markdown. */
  why: words,
}

const hasOneSource = ({ step, requests }: { step?: unknown; requests?: unknown }): boolean =>
  (step === undefined) !== (requests === undefined)
const ONE_SOURCE = { message: 'needs step or requests, and not both' }

/** Which line of Python, and what does it print or the client get? The key is what the code printed. */
export const SpotQuiz = z.strictObject({
  kind: z.literal('spot'),
  ...quiz,
  /** `practice/<code>.py` of the lesson's folder, whose first line is a sentence in quotes, like that of a fact; no page shows it. */
  code: id,
  /** `printed` is a rule on the recorded output, without the line break at its end; exactly one may hold. */
  options: z.array(z.strictObject({ ...option, printed: Matcher })).min(2),
  /** Lines of the code that may be to blame, each written as it stands there. The key is the one that `practice/<code>-mended.py` no longer has. */
  lines: z
    .array(z.strictObject({ code: words, feedback: words.optional(), misconception: id.optional() }))
    .min(2)
    .optional(),
})

/** What happens when this is sent? The key is what happened. */
export const PredictQuiz = z
  .strictObject({
    kind: z.literal('predict'),
    ...quiz,
    /** A step of the lesson, or requests in order, of which the last one is asked about. */
    step: id.optional(),
    requests: z.array(PracticeRequest).min(1).optional(),
    options: z.array(z.strictObject({ ...option, when: Expectation })).min(2),
  })
  .refine(hasOneSource, ONE_SOURCE)

/** In which order does it happen? The key is the trace. */
export const OrderQuiz = z
  .strictObject({
    kind: z.literal('order'),
    ...quiz,
    step: id.optional(),
    requests: z.array(PracticeRequest).min(1).optional(),
    /** Trace steps, each of which ran once. */
    cards: z
      .array(z.strictObject({ step: z.string(), says: words }))
      .min(4)
      .max(7),
    /** Cards that are often swapped, by step, and what someone who does so mixes up. */
    swapped: z
      .array(
        z.strictObject({
          first: z.string(),
          second: z.string(),
          feedback: words,
          misconception: id.optional(),
        }),
      )
      .min(1),
    /** For every other wrong order. */
    feedback: words,
  })
  .refine(hasOneSource, ONE_SOURCE)

/** A sentence of the original answer: is it still right to say so? The key is the sentence's status in the lesson. */
export const StillTrueQuiz = z.strictObject({
  kind: z.literal('still-true'),
  id,
  sentence: words,
  /** For the wrong choice. */
  feedback: words,
  misconception: id.optional(),
  why: words,
})

/** A statement: true, or a common mistake? The key is where the lesson has it. */
export const MistakeQuiz = z.strictObject({
  kind: z.literal('mistake'),
  id,
  says: words,
  /** One of: the heading of a common mistake (then it is one), a key point, the id of a claim or of a fact (then it is true). */
  basis: z.union(
    [
      z.strictObject({ mistake: words }),
      z.strictObject({ keyPoint: words }),
      z.strictObject({ claim: id }),
      z.strictObject({ fact: id }),
    ],
    { error: 'must be one of { mistake: … }, { keyPoint: … }, { claim: … } and { fact: … }' },
  ),
  feedback: words,
  misconception: id.optional(),
  why: words,
})

export const Quiz = z.discriminatedUnion(
  'kind',
  [SpotQuiz, PredictQuiz, OrderQuiz, StillTrueQuiz, MistakeQuiz],
  { error: 'kind must be one of spot, predict, order, still-true and mistake' },
)
export type Quiz = z.infer<typeof Quiz>

/** `practice.yaml` beside `lesson.md`; a lesson may have none. */
export const PracticeFile = z.strictObject({
  misconceptions: z.array(Misconception).default([]),
  predictions: z.array(Misprediction).default([]),
  tasks: z.array(Task).default([]),
  quizzes: z.array(Quiz).default([]),
})
export type PracticeFile = z.infer<typeof PracticeFile>

/** The answer to a quiz: for each of its choices the index of the right option, or the cards' indexes in the right order. */
export type QuizKey = readonly number[]

/** What a lesson gives to practise with, as read and checked. Empty for a lesson without `practice.yaml` and `bugs.yaml`. */
export interface Practice extends PracticeFile {
  /** Of `bugs.yaml`. */
  bugs: readonly Bug[]
  /** The code of spot quizzes, mended or not, with what it printed. */
  snippets: (Fact & { file: string })[]
  /** By the quiz's id. */
  keys: Readonly<Record<string, QuizKey>>
  /** What stands behind wrong predictions of this lesson's steps, named here or, by status, anywhere in the deck. */
  mistakes: readonly Mistake[]
}

/** One question of a quiz, with its options in the author's order. Texts are HTML. */
export interface QuizChoice {
  /** Empty when it is what the quiz asks. */
  ask: string
  options: { says: string; feedback: string | null; misconception: string | null }[]
  /** Index of the right option. */
  right: number
}

/** A quiz as a page shows it. Texts are HTML: `ask`, `why` and feedback are whole blocks, what options and cards say goes into one. */
export interface QuizView {
  id: string
  kind: Quiz['kind']
  ask: string
  /** Code to look at, as a `<pre>`, or null. */
  code: string | null
  /** One after the other; empty for cards to be ordered. */
  choices: QuizChoice[]
  /** Cards in the right order; `swapped` has indexes of them, `first` before `second`. */
  order: {
    cards: string[]
    swapped: { first: number; second: number; feedback: string; misconception: string | null }[]
    feedback: string
  } | null
  why: string
}

/** A task as a page shows it: `ask`, `hints` and the traps' `says` are HTML, the last without a block around it. */
export type TaskView = Task

/** What a lesson gives to practise with. `/practice.json` has one for each lesson that has any. */
export interface PracticeSet {
  slug: string
  /** The lesson's name in addresses. */
  name: string
  /** Which of several decks it is of, from 0; those of the first have none. */
  deck?: number
  number: number
  title: string
  misconceptions: Misconception[]
  tasks: TaskView[]
  quizzes: QuizView[]
  bugs: BugView[]
}
