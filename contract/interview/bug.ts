import { z } from 'zod'
import { Edit } from '../bug.ts'
import { judgeBug, type BugVerdict } from '../judge-bug.ts'
import { Step } from '../step.ts'
import { Time, Uuid } from './identity.ts'
import { LIMITS } from './limits.ts'
import { TaskChoice } from './task.ts'

/** A bug of the deck, as an interviewer chose it for a question. */
export const BugChoice = TaskChoice
export type BugChoice = TaskChoice

/** A file of the Python project, such as `routers/users.py`. */
export const ProjectPath = z
  .string()
  .regex(/^([a-z_]+\/)?[a-z_]+\.py$/)
  .max(60)

/** The text of files by path. */
const FileTexts = z.record(ProjectPath, z.string())

/** A claim of a step: `step/claim`. */
const ClaimName = z
  .string()
  .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)
  .max(160)

/** What is false: these claims, or the project doesn't even start. */
const symptom = { red: z.array(ClaimName), starts: z.literal(false).optional() }

/** A bug as an interview keeps it: lessons and the project may change. All HTML comes from the deck. */
export const QuestionBug = z.object({
  ...TaskChoice.shape,
  title: z.string(),
  /** HTML. */
  ask: z.string(),
  /** The files that have the bug, whole. */
  files: FileTexts,
  /** The files that a candidate may change. */
  paths: z.array(ProjectPath),
  /** What a run may need, in order; the claims are its checks. */
  steps: z.array(Step),
  ...symptom,
  /** Only interviewers see what follows; all of it HTML but for the edits and the beliefs. */
  nearMisses: z.array(
    z.object({ edits: z.array(Edit), ...symptom, says: z.string(), belief: z.string().nullable() }),
  ),
  hints: z.array(z.string()),
  solution: z.array(Edit),
  why: z.string(),
})
export type QuestionBug = z.infer<typeof QuestionBug>

/** What someone who prepares an interview sees of a bug before choosing it. The server has the rest, most of which are files and steps. */
export const BugOffer = QuestionBug.pick({
  ...{ lesson: true, id: true, title: true, ask: true, hints: true, solution: true, why: true },
}).extend({ nearMisses: z.array(z.object({ says: z.string() })) })
export type BugOffer = z.infer<typeof BugOffer>

/** A run of the checks in a browser's tab, as that browser reports it. */
export const TabRun = z.strictObject({
  /** Names the files that it ran with: `fingerprintOf` those that were changed. */
  files: z.string().regex(/^[0-9a-f]{8}$/),
  /** Why there are no claims: the project didn't start, or FastAPI stopped. Null where it ran. */
  error: z
    .strictObject({
      type: z.string().max(100),
      message: z.string().max(LIMITS.runError),
      place: z.strictObject({ file: z.string().max(60), line: z.int().nonnegative() }).nullable(),
    })
    .nullable(),
  claims: z.array(z.strictObject({ name: ClaimName, held: z.boolean() })).max(LIMITS.claimsOfRun),
})
export type TabRun = z.infer<typeof TabRun>

/** A run that the candidate's browser reported. */
export const ReportedRun = z.object({ run: TabRun, at: Time, late: z.boolean() })
export type ReportedRun = z.infer<typeof ReportedRun>

/** A run of the candidate's files in an interviewer's own tab. */
export const OwnRun = z.object({ run: TabRun, at: Time, interviewer: Uuid })
export type OwnRun = z.infer<typeof OwnRun>

/** Judges a run by the bug's own rules. The bug is fixed once all is true that it made false, and nothing else is false. */
export function verdictOn(bug: QuestionBug, { error, claims }: TabRun): BugVerdict {
  return judgeBug(bug, { starts: error === null, claims })
}

/** The wrong belief behind the near miss that a run is recognised as, and what it is; null where it is none. */
export function nearMissOf(bug: QuestionBug, run: TabRun): QuestionBug['nearMisses'][number] | null {
  const { nearMiss } = verdictOn(bug, run)
  return bug.nearMisses.find((one) => one === nearMiss) ?? null
}

/** Whether two runs came to the same: both didn't run, or the same claims held. */
export function isSameOutcome(one: TabRun, other: TabRun): boolean {
  if (one.error !== null || other.error !== null) return one.error !== null && other.error !== null
  const held = ({ claims }: TabRun): string =>
    claims
      .map(({ name, held: holds }) => `${name} ${holds}`)
      .sort()
      .join()
  return held(one) === held(other)
}

/** A short name for texts by path, to tell whether two runs were of the same files: FNV-1a, not proof against a forger. */
export function fingerprintOf(files: Readonly<Record<string, string>>): string {
  const text = JSON.stringify(Object.entries(files).sort(([one], [other]) => (one < other ? -1 : 1)))
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(16).padStart(8, '0')
}
