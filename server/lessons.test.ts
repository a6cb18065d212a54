import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDeck } from '../deck/load.ts'
import { readRegions } from '../deck/regions.ts'
import { renderRegions } from '../deck/render/code.ts'
import { loadHighlight } from '../deck/render/highlight.ts'
import { handlersIn, predictionsOf } from '../deck/predictions.ts'
import {
  answersEverything,
  onlyResponses,
  onlyStatuses,
  sameSteps,
  type Impostor,
} from '../deck/testing/impostors.ts'
import { LessonClient, type ClaimOutcome } from '../deck/testing/lesson-client.ts'
import type { Claim } from '#contract/claim.ts'
import { evaluate } from '#contract/evaluate.ts'
import { claimsOf, Step, type Lesson } from '#contract/lesson.ts'
import { actualOf } from '#contract/predict/actual.ts'
import type { TraceStep } from '#contract/trace.ts'
import { openViva, type Viva } from './compose.ts'
import { readConfig } from './config/config.ts'
import { createLogger } from './http/logger.ts'
import { createHttpServer, drain, listen } from './listen.ts'

const decks = await Promise.all(
  ['content/lessons', 'deck/testing/second-deck'].map((folder) => loadDeck(folder)),
)
const lessons = decks.flat()
const root = process.cwd()
const handlers = handlersIn(await renderRegions(root, await readRegions(root), await loadHighlight()))

let folder = ''
let address = ''
let viva: Viva
let server: ReturnType<typeof createHttpServer>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-'))
  const config = readConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' })
  const logger = createLogger(config.logLevel)
  viva = await openViva({ config, logger, pages: (_ctx, next) => next(), development: false })
  server = createHttpServer(viva.app.callback())
  address = await listen(server, 0, '127.0.0.1')
})

afterAll(async () => {
  await drain(server)
  await viva.close()
  await rm(folder, { recursive: true })
})

function refuted(outcomes: readonly ClaimOutcome[]): string[] {
  return outcomes
    .filter((outcome) => !outcome.held)
    .map(({ stepId, claimId, checks }) => {
      const wrong = checks.filter((check) => !check.ok)
      return `${stepId}/${claimId}: ${wrong.map((c) => `${c.subject}: expected ${c.expected}, got ${c.actual}`).join('; ')}`
    })
}

const runs = new Map<Lesson, Promise<ClaimOutcome[]>>()

/** How all claims of a lesson come out when its steps run in order, each once; for all tests that ask. */
function inOrder(lesson: Lesson): Promise<ClaimOutcome[]> {
  const run = async (): Promise<ClaimOutcome[]> => {
    const learner = await LessonClient.open(address)
    const outcomes: ClaimOutcome[] = []
    for (const step of lesson.steps) outcomes.push(...(await learner.run(lesson.steps, step.id)))
    return outcomes
  }
  const found = runs.get(lesson) ?? run()
  runs.set(lesson, found)
  return found
}

describe.each(lessons.map((lesson) => [lesson.slug, lesson] as const))('%s', (_, lesson) => {
  const { steps } = lesson

  test('every claim holds when the steps are run in order', async () => {
    expect(refuted(await inOrder(lesson))).toEqual([])
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
    const learner = await LessonClient.open(address)
    const wrong: string[] = []
    for (const step of steps) {
      await leaveTraces(learner)
      learner.forget()
      wrong.push(...refuted(await learner.run(steps, step.id)))
    }
    expect(wrong).toEqual([])
  })

  /** Claims that would hold on an impostor. */
  const fooledBy = async (impostor: Impostor): Promise<Claim[]> => {
    const outcomes = await inOrder(lesson)
    return claimsOf(lesson).flatMap(({ claim }) => {
      const { evidence, variables } = outcomes.find(({ claimId }) => claimId === claim.id)!
      const checks = evaluate(claim.expect, impostor(evidence), variables)
      return checks.every(({ ok }) => ok) ? [claim] : []
    })
  }
  const ids = (claims: Claim[]): string[] => claims.map(({ id }) => id)

  test('no claim holds for a server that answers everything with 200 and {}', async () => {
    expect(ids(await fooledBy(answersEverything))).toEqual([])
  })

  test('no claim holds for a server that gets only the status codes right', async () => {
    expect(ids(await fooledBy(onlyStatuses))).toEqual([])
  })

  test('for a server whose responses alone are right, only claims about responses hold', async () => {
    const aboutResponses = claimsOf(lesson).filter(({ claim: { expect } }) => !expect.trace && !expect.store)
    expect(ids(await fooledBy(onlyResponses))).toEqual(aboutResponses.map(({ claim }) => claim.id))
  })

  test('no claim about what ran inside holds for the steps of other requests', async () => {
    const fooled = await Promise.all(
      ['/items', '/lab/wait/async?ms=0'].map(async (path) => fooledBy(sameSteps(await stepsOf(path)))),
    )
    // Middleware runs around every request.
    const aboutAll = ({ expect: { trace } }: Claim): boolean =>
      trace?.every(({ step }) => step.startsWith('middleware.')) ?? true
    const byBoth = fooled[0]!.filter((claim) => fooled[1]!.includes(claim) && !aboutAll(claim))
    expect(ids(byBoth)).toEqual([])
  })
})

/** The trace steps of a GET. */
async function stepsOf(path: string): Promise<TraceStep[]> {
  const claims = [
    { id: 'c', sentence: 'a trace', shows: 'a trace', expect: { trace: [{ step: 'main.routers' }] } },
  ]
  const step = Step.parse({ id: 'get', title: 'A GET', note: 'A GET.', path, claims })
  const [outcome] = await (await LessonClient.open(address)).run([step], 'get')
  return outcome?.evidence.trace?.requests[0]?.steps ?? []
}

/** What an earlier hour may have left behind: one person more, and Ada gone. */
async function leaveTraces(learner: LessonClient): Promise<void> {
  const visitor = { name: 'Visitor', email: 'visitor@example.com', password: 'was-here-before' }
  const headers: [string, string][] = [['Content-Type', 'application/json']]
  await learner.send({ method: 'POST', path: '/users/', headers, body: JSON.stringify(visitor) })
  const token = await learner.tokenOf('ada')
  const authorization: [string, string][] = [['Authorization', `Bearer ${token}`]]
  await learner.send({ method: 'DELETE', path: '/users/1', headers: authorization, body: null })
}
