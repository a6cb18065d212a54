import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDeck } from '../deck/load.ts'
import { readRegions } from '../deck/regions.ts'
import { renderRegions } from '../deck/render/code.ts'
import { loadHighlight } from '../deck/render/highlight.ts'
import { handlersIn, predictionsOf } from '../deck/predictions.ts'
import type { ClaimOutcome } from '../deck/testing/lesson-client.ts'
import {
  fooledClaims,
  otherSteps,
  outcomesOf,
  tryLesson,
  type FooledClaims,
  type LessonTrial,
  type StepTrial,
} from '../deck/trial/try-lesson.ts'
import type { Claim } from '#contract/claim.ts'
import { claimsOf, type Lesson } from '#contract/lesson.ts'
import { actualOf } from '#contract/predict/actual.ts'
import type { TraceStep } from '#contract/trace.ts'
import { serveViva, type ServedViva } from './testing/serve-viva.ts'

const decks = await Promise.all(
  ['content/lessons', 'deck/testing/second-deck'].map((folder) => loadDeck(folder)),
)
const lessons = decks.flat()
const root = process.cwd()
const handlers = handlersIn(await renderRegions(root, await readRegions(root), await loadHighlight()))

let viva: ServedViva
let others: TraceStep[][]

beforeAll(async () => {
  viva = await serveViva()
  others = await otherSteps(viva.origin)
})
afterAll(() => viva.close())

function refuted(trials: readonly StepTrial[]): string[] {
  const problems = trials.flatMap((trial) =>
    'problem' in trial ? [`${trial.step.id}: ${trial.problem}`] : [],
  )
  const wrong = outcomesOf(trials)
    .filter((outcome) => !outcome.held)
    .map(({ stepId, claimId, checks }) => {
      const failed = checks.filter((check) => !check.ok)
      return `${stepId}/${claimId}: ${failed.map((c) => `${c.subject}: expected ${c.expected}, got ${c.actual}`).join('; ')}`
    })
  return [...problems, ...wrong]
}

const trials = new Map<Lesson, Promise<LessonTrial>>()

/** How a lesson comes out; it is run once for all tests that ask. */
function trialOf(lesson: Lesson): Promise<LessonTrial> {
  const trial = trials.get(lesson) ?? tryLesson(viva.origin, lesson)
  trials.set(lesson, trial)
  return trial
}

const inOrder = async (lesson: Lesson): Promise<ClaimOutcome[]> => outcomesOf((await trialOf(lesson)).inOrder)

describe.each(lessons.map((lesson) => [lesson.slug, lesson] as const))('%s', (_, lesson) => {
  test('every claim holds when the steps are run in order', async () => {
    const trial = await trialOf(lesson)
    expect(refuted(trial.inOrder)).toEqual([])
    expect(outcomesOf(trial.inOrder)).toHaveLength(claimsOf(lesson).length)
  })

  test('what a prediction expects is what really happens', async () => {
    const outcomes = await inOrder(lesson)
    const wrong = Object.entries(predictionsOf(lesson, handlers)).flatMap(([id, { ask, answer }]) => {
      const own = outcomes.filter(({ stepId }) => stepId === id)
      const { json, trace } = own[0]!.evidence
      const actual = actualOf(ask, { checks: own.flatMap(({ checks }) => checks), json, trace })
      return actual === answer ? [] : [`${id}: ${ask}: expected ${answer}, got ${actual}`]
    })
    expect(wrong).toEqual([])
  })

  test('every step holds by itself, in a sandbox that others have used', async () => {
    const trial = await trialOf(lesson)
    expect(refuted(trial.alone)).toEqual([])
    expect(outcomesOf(trial.alone)).toHaveLength(claimsOf(lesson).length)
  })

  const fooled = async (by: keyof FooledClaims): Promise<string[]> =>
    ids(fooledClaims(lesson, (await trialOf(lesson)).inOrder, others)[by])
  const ids = (claims: readonly Claim[]): string[] => claims.map(({ id }) => id)

  test('no claim holds for a server that answers everything with 200 and {}', async () => {
    expect(await fooled('byAnything')).toEqual([])
  })

  test('no claim holds for a server that gets only the status codes right', async () => {
    expect(await fooled('byStatuses')).toEqual([])
  })

  test('for a server whose responses alone are right, only claims about responses hold', async () => {
    const aboutResponses = claimsOf(lesson).filter(({ claim: { expect } }) => !expect.trace && !expect.store)
    expect(await fooled('byResponses')).toEqual(aboutResponses.map(({ claim }) => claim.id))
  })

  test('no claim about what ran inside holds for the steps of other requests', async () => {
    expect(await fooled('byOtherSteps')).toEqual([])
  })

  test('every value that a step saves is there', async () => {
    const { inOrder: runs, alone } = await trialOf(lesson)
    expect([...runs, ...alone].flatMap((run) => ('unsaved' in run ? run.unsaved : []))).toEqual([])
  })
})
