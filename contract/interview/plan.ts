import { z } from 'zod'
import { BugChoice, QuestionBug, type BugOffer } from './bug.ts'
import { LessonSlug } from './identity.ts'
import { currentLevel, LEVELS } from '../level.ts'
import { LIMITS } from './limits.ts'
import { AskedPlayground, ChosenPlayground, type PlaygroundMode } from './playground-mode.ts'
import { Rubric } from './rubric.ts'
import { Snippets, type SnippetSource } from './snippet.ts'
import { QuestionTask, TaskChoice } from './task.ts'

/** Identifies a question within its plan: `q1`, `q2`, … It says nothing about what is asked. */
export const QuestionKey = z.string().regex(/^q[1-9]\d?$/)
export type QuestionKey = z.infer<typeof QuestionKey>

/** HTML comes only from the deck, rendered by the build. What an interviewer wrote is text and is shown as text. */
export const Prose = z.discriminatedUnion('format', [
  z.object({ format: z.literal('text'), body: z.string().max(20_000) }),
  z.object({ format: z.literal('html'), body: z.string().max(200_000) }),
])
export type Prose = z.infer<typeof Prose>

/** Names a pool within its set. */
export const PoolKey = z.enum(['A', 'B', 'C', 'D', 'E'])
export type PoolKey = z.infer<typeof PoolKey>

/** Questions of which each candidate is asked only some: `draw` of those that name its key. */
export const Pool = z.strictObject({ key: PoolKey, draw: z.int().min(1).max(LIMITS.questions) })
export type Pool = z.infer<typeof Pool>

const minutes = z.int().min(1).max(120)
const line = z.string().trim().min(1).max(300)
const note = z.string().max(4_000)

/** The level of a planned question; keys of older plans are accepted, too. */
export const PlannedLevel = z.preprocess(currentLevel, z.enum(LEVELS))

/** What every question of a plan has, from a lesson or not. */
const content = {
  title: z.string().trim().min(1).max(80),
  question: z.string().trim().min(1).max(2_000),
  level: PlannedLevel,
  topics: z.array(z.string().trim().min(1).max(40)).max(10),
  minutes,
}

/** What a chosen question may carry besides its text. */
const extras = {
  task: TaskChoice.optional(),
  bug: BugChoice.optional(),
  snippets: Snippets.optional(),
  pool: PoolKey.optional(),
}

const isPlayable = ({ task, playground }: { task?: unknown; playground: PlaygroundMode }): boolean =>
  task === undefined || playground !== 'closed'
const NOT_PLAYABLE = { path: ['playground'], message: 'a task needs it open.' }
const isOneThing = ({ task, bug }: { task?: unknown; bug?: unknown }): boolean =>
  task === undefined || bug === undefined
const NOT_ONE_THING = { path: ['bug'], message: 'a question has either a task or a bug. Leave one out.' }

/** One question as an interviewer chose it. */
export const PlanItem = z.discriminatedUnion('from', [
  z
    .strictObject({
      from: z.literal('lesson'),
      slug: LessonSlug,
      /** Without it, the lesson's own minutes. */
      minutes: minutes.optional(),
      playground: ChosenPlayground,
      ...extras,
      /** Only interviewers see it. */
      note: note.default(''),
    })
    .refine(isPlayable, NOT_PLAYABLE)
    .refine(isOneThing, NOT_ONE_THING),
  z
    .strictObject({
      from: z.literal('own'),
      ...content,
      ...extras,
      answer: z.string().max(20_000).default(''),
      keyPoints: z.array(line).max(LIMITS.keyPoints).default([]),
      redFlags: z.array(line).max(LIMITS.keyPoints).default([]),
      followUps: z
        .array(z.strictObject({ question: line, answer: z.string().max(4_000).default('') }))
        .max(LIMITS.followUps)
        .default([]),
      rubric: Rubric.optional(),
      playground: ChosenPlayground,
      note: note.default(''),
    })
    .refine(isPlayable, NOT_PLAYABLE)
    .refine(isOneThing, NOT_ONE_THING),
])
export type PlanItem = z.infer<typeof PlanItem>

/** A set of questions in preparation: chosen and ordered, with lessons still referred to by slug. */
export const PlanDraft = z
  .strictObject({
    title: z.string().trim().min(1).max(120),
    questions: z.array(PlanItem).min(1).max(LIMITS.questions),
    pools: z.array(Pool).max(PoolKey.options.length).default([]),
    /** Whether each candidate gets the questions in an order of their own. */
    shuffle: z.boolean().default(false),
  })
  .superRefine(checkSet)
export type PlanDraft = z.infer<typeof PlanDraft>

/** The file of a saved set. It contains no candidate, no key and no score. */
export const PlanTemplate = z.strictObject({
  format: z.literal('viva-interview-template'),
  version: z.literal(1),
  plan: PlanDraft,
})
export type PlanTemplate = z.infer<typeof PlanTemplate>

const FollowUp = z.object({ question: z.string(), answer: Prose })

/** A sign that someone has got it wrong: what they would say, and why it is wrong. */
const RedFlag = z.object({ says: z.string(), why: Prose })

/** A question with everything about it. Lessons may change or disappear; an interview keeps what it was planned with. */
export const Question = z.object({
  key: QuestionKey,
  ...content,
  /** The lesson it comes from; null for one of the interviewer's own. */
  slug: LessonSlug.nullable(),
  playground: AskedPlayground,
  /** The answer that would get a 4. */
  answer: Prose,
  /** What to say if they ask for more; null where there is nothing. */
  more: Prose.nullable().default(null),
  keyPoints: z.array(z.string()),
  redFlags: z.array(RedFlag).default([]),
  followUps: z.array(FollowUp),
  rubric: Rubric,
  note,
  pool: PoolKey.optional(),
  /** What the candidate has to bring about in the playground; null where there is nothing. */
  task: QuestionTask.nullable().default(null),
  /** What the candidate has to fix in the project's code; null where there is nothing. */
  bug: QuestionBug.nullable().default(null),
  /** Code that the candidate sees under the question. */
  snippets: Snippets.default([]),
})
export type Question = z.infer<typeof Question>

/** The set of an interview, kept as it was. A room has the same, or with pools the part of it that was drawn for its candidate. */
export const Plan = z.object({
  title: z.string(),
  questions: z.array(Question).min(1).max(LIMITS.questions),
  pools: z.array(Pool).default([]),
  shuffle: z.boolean().default(false),
})
export type Plan = z.infer<typeof Plan>

/** Whether any question has a bug to fix. */
export function hasBug({ questions }: Plan): boolean {
  return questions.some(({ bug }) => bug !== null)
}

/** Whether any question opens the playground. */
export function hasPlayground({ questions }: Plan): boolean {
  return questions.some(({ playground }) => playground !== 'closed')
}

/** A lesson as a question, before it is part of a plan, with the tasks, the bugs and the code that it offers. */
export type LessonQuestion = Omit<
  Question,
  'key' | 'playground' | 'note' | 'pool' | 'task' | 'bug' | 'snippets'
> & {
  slug: string
  /** Which of several decks it is of; absent for the first. */
  deck?: number
  tasks: readonly QuestionTask[]
  bugs: readonly QuestionBug[]
  sources: readonly SnippetSource[]
}

/** The same as those who prepare an interview get it. */
export type LessonOffer = Omit<LessonQuestion, 'bugs'> & { bugs: readonly BugOffer[] }

/** What the fields of a set can't say one by one: no lesson appears twice, and every pool has what is drawn from it. */
function checkSet(
  {
    questions,
    pools,
  }: {
    questions: readonly { from: string; slug?: string; pool?: PoolKey | undefined }[]
    pools: readonly Pool[]
  },
  context: z.RefinementCtx,
): void {
  const fault = (path: (string | number)[], message: string): void =>
    context.addIssue({ code: 'custom', path, message })
  questions.forEach(({ slug, pool }, index) => {
    if (slug !== undefined && questions.findIndex((other) => other.slug === slug) < index)
      fault(['questions', index, 'slug'], 'it is in the set already. Remove one of the two.')
    if (pool !== undefined && pools.every(({ key }) => key !== pool))
      fault(['questions', index, 'pool'], `there is no pool ${pool}. Add it or choose another one.`)
  })
  pools.forEach(({ key, draw }, index) => {
    const size = questions.filter(({ pool }) => pool === key).length
    if (pools.findIndex((other) => other.key === key) < index)
      fault(['pools', index, 'key'], `pool ${key} is defined twice. Remove one of the two.`)
    else if (draw > size)
      fault(
        ['pools', index, 'draw'],
        `pool ${key} has ${size} question${size === 1 ? '' : 's'}, so ${draw} can’t be drawn. Draw fewer or add questions to it.`,
      )
  })
}
