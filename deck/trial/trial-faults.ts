import type { Claim } from '#contract/claim.ts'
import type { Lesson, Step } from '#contract/lesson.ts'
import { sourcesOf } from '#contract/request.ts'
import type { Check } from '#contract/evaluate.ts'
import { didYouMean, type Fault } from '../fault.ts'
import type { ReadLesson } from '../lesson-folder.ts'
import type { ClaimOutcome } from '../testing/lesson-client.ts'
import { routeFault } from './routes.ts'
import type { FooledClaims, LessonTrial, StepTrial } from './try-lesson.ts'

/** Where a lesson's steps stand. */
type StepLines = Pick<ReadLesson, 'stepsFile' | 'stepLine'> & { lesson: Pick<Lesson, 'steps'> }

/** What was found about a lesson by running it. */
interface TrialFindings {
  trial: LessonTrial
  fooled: FooledClaims
  /** The paths that the app's document names, such as `/users/{user_id}`. */
  routes: readonly string[]
}

/** What a trial found wrong with a lesson: false claims first of all, each with the line of the part that failed. */
export function trialFaults(read: StepLines, { trial, fooled, routes }: TrialFindings): Fault[] {
  const { steps } = read.lesson
  return steps.flatMap((step, index) => {
    const at = (path: readonly PropertyKey[], cause: string): Fault => ({
      file: read.stepsFile,
      line: read.stepLine(['steps', index, ...path]),
      cause: `step "${step.id}"${cause}`,
    })
    const [inOrder, alone] = [trial.inOrder[index]!, trial.alone[index]!]
    const problem = 'problem' in inOrder ? inOrder : 'problem' in alone ? alone : null
    if (problem !== null && 'problem' in problem) {
      return [at(['id'], ` couldn't be run: ${problem.problem}`)]
    }
    return [
      ...routeFault(inOrder, routes).map((cause) => at(['path'], cause)),
      ...unsavedCauses(inOrder, alone).map(([name, cause]) => at(['save', name], cause)),
      ...falseClaims(inOrder, alone).map(({ path, cause }) => at(path, cause)),
      ...weakClaims(step, fooled).map(({ path, cause, isWarning }) => ({
        ...at(path, cause),
        ...(isWarning && { isWarning }),
      })),
    ]
  })
}

interface Found {
  /** From the step. */
  path: readonly PropertyKey[]
  cause: string
  isWarning?: true
}

function falseClaims(inOrder: StepTrial, alone: StepTrial): Found[] {
  if ('problem' in inOrder || 'problem' in alone) return []
  return inOrder.outcomes.flatMap((outcome, index): Found[] => {
    const other = alone.outcomes[index]!
    if (outcome.held && other.held) return []
    const failed = failedIn(outcome.held ? other : outcome)
    const when = outcome.held
      ? ' by itself, after others have used the sandbox'
      : other.held
        ? " in the lesson's order"
        : ''
    const remedy = outcome.held
      ? '; begin it with "fresh: true", or name a step that does under "after"'
      : other.held
        ? '; an earlier step changed what it looks at: add "fresh: true"'
        : ''
    const cause = `, claim "${outcome.claimId}" is false${when}: ${failed.map(checkText).join('; ')}${remedy}`
    return [{ path: ['claims', index, 'expect', partOf(failed[0]!)], cause }]
  })
}

function failedIn({ checks }: ClaimOutcome): Check[] {
  return checks.filter(({ ok }) => !ok)
}

function checkText({ subject, expected, actual }: Check): string {
  return `${subject}: expected ${expected}, got ${actual}`
}

/** The part of an expectation that a check is of, by how its subject begins. */
function partOf({ subject }: Check): string {
  const parts: [start: RegExp, part: string][] = [
    [/^status$/, 'status'],
    [/^header /, 'header'],
    [/^JSON/, 'json'],
    [/^text$/, 'text'],
    [/^(trace|start-up):/, 'trace'],
    [/^rows of /, 'store'],
  ]
  return parts.find(([start]) => start.test(subject))?.[1] ?? 'burst'
}

/** Saved values that weren't there, each with the nearest name that was. */
function unsavedCauses(inOrder: StepTrial, alone: StepTrial): [name: string, cause: string][] {
  const missing = [inOrder, alone].find((trial) => 'unsaved' in trial && trial.unsaved.length > 0)
  if (missing === undefined || 'problem' in missing) return []
  const { step, evidence, unsaved } = missing
  const json: unknown = evidence.json
  const names = typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.keys(json) : []
  return sourcesOf(step)
    .filter(([name]) => unsaved.includes(name))
    .map(([name, source]) => {
      const place = source.step === undefined ? 'the response' : `the trace step "${source.step}"`
      const part = source.matches === undefined ? '' : ` that matches /${source.matches}/`
      const hint = source.step === undefined ? didYouMean(source.path, names) : ''
      return [name, ` saves {{${name}}}, but ${place} has nothing at "${source.path}"${part}${hint}`]
    })
}

const byOthers = (server: string, remedy: string): string =>
  `would also hold for ${server}; ${remedy}, so that it shows what its sentence says`

/** Claims that hold, and would hold as well if the sentence were false. */
function weakClaims(step: Step, fooled: FooledClaims): Found[] {
  return step.claims.flatMap((claim, index): Found[] => {
    const found = weaknessOf(claim, fooled)
    if (found === null) return []
    const { cause, ...rest } = found
    return [{ path: ['claims', index, 'expect'], cause: `, claim "${claim.id}" ${cause}`, ...rest }]
  })
}

function weaknessOf(claim: Claim, fooled: FooledClaims): { cause: string; isWarning?: true } | null {
  if (fooled.byAnything.includes(claim)) {
    return {
      cause: byOthers('a server that answers everything with 200 and {}', 'add what only this response has'),
    }
  }
  if (fooled.byStatuses.includes(claim)) {
    const cause = byOthers(
      'a server that gets only the status codes right',
      'add json, header, trace or store',
    )
    return { cause, isWarning: true }
  }
  const isAboutInside = claim.expect.trace !== undefined || claim.expect.store !== undefined
  if (isAboutInside && fooled.byResponses.includes(claim)) {
    const cause = byOthers('a server in which nothing ran', 'name a step that ran, or a row that is there')
    return { cause, isWarning: true }
  }
  if (fooled.byOtherSteps.includes(claim)) {
    const cause = byOthers('the trace of any other request', 'name a step that only this one runs')
    return { cause, isWarning: true }
  }
  return null
}
