import { z } from 'zod'
import { kebabCase as id } from './claim.ts'
import { Step } from './step.ts'

const words = z.string().min(3)
const claimName = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, 'must be a step and a claim, such as create/says-201')

/** One change of a file. */
export const Edit = z.strictObject({
  /** A file of the Python project, such as `routers/users.py`. */
  file: z.string().min(1),
  /** Text that stands in the file exactly once, as the edits before this one left it. */
  replace: z.string().min(1),
  /** The text in its place. */
  with: z.string(),
})
export type Edit = z.infer<typeof Edit>

const symptom = {
  /** The claims that are false then, each as `step/claim`, and no others. */
  red: z.array(claimName).default([]),
  /** `false`: the project doesn't start then, so there is no list of claims. */
  starts: z.literal(false).optional(),
}
/** A plausible fix that is wrong. It is recognised by the claims that it leaves false. */
export const NearMiss = z.strictObject({
  /** Changes of the project with the bug. */
  edits: z.array(Edit).min(1),
  ...symptom,
  /** What someone who does this mixes up, in one paragraph of Markdown. */
  says: words,
  misconception: id.optional(),
})
export type NearMiss = z.infer<typeof NearMiss>

/** A fault in the Python project for a learner to fix. Claims about real FastAPI are its tests. */
export const Bug = z.strictObject({
  /** Unique among the lesson's tasks, quizzes and bugs. */
  id,
  /** The symptom as reported, in plain text, never the cause. */
  title: z.string().min(3).max(70),
  /** The report in Markdown: what was seen and what was expected, without naming the line. */
  ask: words,
  /** What puts the bug into the project. */
  edits: z.array(Edit).min(1),
  /** Steps of the lesson whose claims are the tests; all of them when it is left out. */
  steps: z.array(id).optional(),
  /** Further steps with claims, which run after those of the lesson and may use what these saved. */
  checks: z.array(Step).default([]),
  ...symptom,
  /** From a nudge to nearly the solution, in Markdown, shown one after another. */
  hints: z.array(words).min(2),
  /** Changes of the project with the bug, after which every claim holds. */
  solution: z.array(Edit).min(1),
  /** What was wrong and why this is right, in Markdown; shown once it is fixed. */
  why: words,
  nearMisses: z.array(NearMiss).min(1),
})
export type Bug = z.infer<typeof Bug>

/** `bugs.yaml` beside `lesson.md`; a lesson may have none. */
export const BugsFile = z.strictObject({ bugs: z.array(Bug).default([]) })
export type BugsFile = z.infer<typeof BugsFile>

/** A bug as a page shows it: `ask`, `hints`, `why` and the near misses' `says` are HTML, the last without a block around it. */
export type BugView = Bug
