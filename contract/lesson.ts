import { z } from 'zod'
import type { Claim } from './claim.ts'
import type { Fact } from './fact.ts'
import { Rubric } from './interview/rubric.ts'
import { LEVELS } from './level.ts'
import type { Practice } from './practice.ts'
import type { Step } from './step.ts'

export { Caller, Method } from './request-fields.ts'
export { Step, StepsFile } from './step.ts'

const slug = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be the name of a lesson, such as authentication')
const date = z.iso.date('must be a date, such as 2026-11-23')

export const Source = z.strictObject({ title: z.string().min(3), url: z.url({ protocol: /^https?$/ }) })
export type Source = z.infer<typeof Source>

/** Code of the project to show beside the text: a region that both twins have, and a caption. */
export const CodeReference = z.strictObject({ region: z.string(), says: z.string().min(3) })
export type CodeReference = z.infer<typeof CodeReference>

/** Words of the original answer that are out of date, and what to say today. */
export const DatedWords = z.strictObject({ words: z.string().min(2), today: z.string().min(2) })

/** A sentence of the original answer that nothing here shows, and why. */
export const NotShown = z.strictObject({ sentence: z.string().min(2), because: z.string().min(10) })
export type NotShown = z.infer<typeof NotShown>

/** A term of the trade that the lesson explains, for the glossary. */
export const Term = z.strictObject({
  term: z.string().min(2),
  /** What its letters stand for. */
  long: z.string().min(3).optional(),
  /** One plain sentence. */
  meaning: z.string().min(20).max(240),
  /** Words of the paragraph that explains it, where the term itself stands earlier or in another form. */
  where: z.string().min(2).optional(),
})
export type Term = z.infer<typeof Term>

/** A key point that was worded differently, so that it stays ticked for those who had ticked it. */
export const Reworded = z.strictObject({ was: z.string().min(5), now: z.string().min(5) })
export type Reworded = z.infer<typeof Reworded>

/** The YAML at the top of `lesson.md`. */
export const FrontMatter = z.strictObject({
  /** A few words for cards and menus. */
  title: z.string().min(3).max(40),
  /** What names the lesson in all that is stored of it. Without it, its name: a lesson that is renamed keeps its former name here. */
  key: slug.optional(),
  /** As an interviewer asks it. */
  question: z.string().min(10).max(200),
  /** starter: asked of everyone; junior: after a first project; deeper: to see how far it goes. */
  level: z.enum(LEVELS),
  /** Minutes to read and run it. */
  minutes: z.int().min(1).max(60),
  /** What home and interviews filter by. */
  topics: z.array(z.string().min(2)).min(1),
  /** Names of other lessons. */
  related: z.array(slug).default([]),
  /** Trace steps that link here from Inside, by name (`auth.decode_token`) or by first part for all others under it (`auth`). */
  explains: z.array(z.string()).default([]),
  /** Id of the claim that the home page offers to prove. */
  homeClaim: z.string().optional(),
  /** What a good answer mentions: for the self-check and the scorecard. */
  keyPoints: z.array(z.string().min(5)).min(5).max(8),
  /** Former words of key points. Learners' ticks are kept by the words. */
  reworded: z.array(Reworded).default([]),
  /** What an answer of score 0, 1, 2, 3 and 4 sounds like. Interviews fall back to a generic rubric; lesson pages don't contain it. */
  rubric: Rubric.optional(),
  /** When the facts under Today were checked, and with what. */
  checked: z.strictObject({ date, with: z.string().min(3) }),
  /** Where the facts come from. */
  sources: z.array(Source).min(1),
  /** Regions that both twins have, shown side by side. */
  code: z.array(CodeReference).min(1),
  /** Words of the original answer that are out of date. */
  dated: z.array(DatedWords).default([]),
  /** Sentences of the original answer that no claim and no fact shows. */
  notShown: z.array(NotShown).default([]),
  /** Terms that this lesson explains, for the glossary. */
  terms: z.array(Term).default([]),
})
export type FrontMatter = z.infer<typeof FrontMatter>

/** An item under `## Follow-ups` (a question and its answer) or under `## Common mistakes` (a wrong answer and why). */
export interface ProseItem {
  /** The heading's text. */
  heading: string
  /** The Markdown under the heading. */
  markdown: string
}

/** The answer to say aloud in 30 to 45 seconds, under `## Say it like this`. */
export interface Say {
  /** Each sentence in Markdown, with the ids of the claims and facts of the lesson that show it. */
  sentences: { text: string; shownBy: string[] }[]
  /** One or two sentences each, under `### If they ask for more`. */
  more: string[]
}

/** A lesson as read and checked from its folder. Prose is Markdown. */
export interface Lesson extends Omit<FrontMatter, 'key'> {
  /** Names it in all that is stored: progress, study logs, interviews. It stays when folders are renumbered or renamed. */
  slug: string
  /** Its address is `/lessons/<name>`: the folder's name without the number. */
  name: string
  folder: string
  number: number
  /** Null when the lesson has none. */
  say: Say | null
  /** The original answer, word for word. */
  answer: string
  whyItMatters: string
  today: string
  commonMistakes: ProseItem[]
  followUps: ProseItem[]
  steps: Step[]
  facts: (Fact & { file: string })[]
  practice: Practice
}

export type Deck = Lesson[]

/** Every claim of a lesson with the step that shows it, in the order of the steps. */
export function claimsOf(lesson: Pick<Lesson, 'steps'>): { step: Step; claim: Claim }[] {
  return lesson.steps.flatMap((step) => step.claims.map((claim) => ({ step, claim })))
}
