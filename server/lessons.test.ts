import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDeck } from '../deck/load.ts'
import { LessonClient, type ClaimOutcome } from '../deck/testing/lesson-client.ts'
import { evaluate, type Evidence } from '#contract/evaluate.ts'
import { claimsOf } from '#contract/lesson.ts'
import { openViva, type Viva } from './compose.ts'
import { readConfig } from './config/config.ts'
import { createLogger } from './http/logger.ts'
import { createHttpServer, drain, listen } from './listen.ts'

const decks = await Promise.all(
  ['content/lessons', 'deck/testing/second-deck'].map((folder) => loadDeck(folder)),
)
const lessons = decks.flat()

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

describe.each(lessons.map((lesson) => [lesson.slug, lesson] as const))('%s', (_, { steps }) => {
  test('every claim holds when the steps are run in order', async () => {
    const learner = await LessonClient.open(address)
    const outcomes: ClaimOutcome[] = []
    for (const step of steps) outcomes.push(...(await learner.run(steps, step.id)))
    expect(refuted(outcomes)).toEqual([])
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
})

test("no claim holds for a response that isn't the project's", async () => {
  const answer = await fetch(`${address}/healthz`)
  const text = await answer.text()
  const evidence: Evidence = {
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    text,
    json: JSON.parse(text) as unknown,
    trace: null,
    store: null,
    burst: null,
  }
  const held = lessons
    .flatMap(claimsOf)
    .filter(({ claim }) => evaluate(claim.expect, evidence, {}).every((check) => check.ok))
  expect(held.map(({ claim }) => claim.id)).toEqual([])
})

/** What an earlier hour may have left behind: one person more, and Ada gone. */
async function leaveTraces(learner: LessonClient): Promise<void> {
  const visitor = { name: 'Visitor', email: 'visitor@example.com', password: 'was-here-before' }
  const headers: [string, string][] = [['Content-Type', 'application/json']]
  await learner.send({ method: 'POST', path: '/users/', headers, body: JSON.stringify(visitor) })
  const token = await learner.tokenOf('ada')
  const authorization: [string, string][] = [['Authorization', `Bearer ${token}`]]
  await learner.send({ method: 'DELETE', path: '/users/1', headers: authorization, body: null })
}
