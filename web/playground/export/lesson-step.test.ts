// @vitest-environment node
import fc from 'fast-check'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { loadDeck } from '../../../deck/load.ts'
import { LessonClient, type ClaimOutcome } from '../../../deck/testing/lesson-client.ts'
import { long } from '../../../e2e/support/guarantees.ts'
import { serveViva, type ServedViva } from '../../../server/testing/serve-viva.ts'
import type { Evidence } from '#contract/evaluate.ts'
import { StepsFile, type Lesson, type Step } from '#contract/lesson.ts'
import type { PlainRequest } from '#contract/request.ts'
import { Sandbox } from '#contract/sandbox.ts'
import { TraceReport } from '#contract/trace.ts'
import { draftOf, type RequestDraft } from '../request/draft.ts'
import { draftOfRequest } from '../request/draft-of-request.ts'
import { requestOfDraft } from '../request/request-of-draft.ts'
import { jsonOf } from '../api/send-request.ts'
import { CannotWrite } from './request-text.ts'
import { stepYaml } from './step-yaml.ts'
import { anyRequest } from './testing/any-request.ts'

let viva: ServedViva
let people: Sandbox['people']
let lessons: Lesson[]
beforeAll(async () => {
  viva = await serveViva({ RATE_LIMIT: '0' })
  people = Sandbox.parse(await (await fetch(`${viva.origin}/api/sandbox`)).json()).people
  const root = resolve(import.meta.dirname, '../../..')
  const decks = ['content/lessons', 'deck/testing/second-deck'].map((deck) => loadDeck(deck, root))
  const all = (await Promise.all(decks)).flat()
  lessons = long(
    all.filter(({ number }) => number % 4 === 0),
    all,
  )
})
afterAll(() => viva.close())

/** What a step's own claims would be checked against, with its trace. */
const looked = (step: Step): Step => ({
  ...step,
  claims: [{ id: 'x', sentence: 'any', shows: 'any', expect: { status: 200, trace: [{ step: 'any' }] } }],
})

function failed(outcomes: readonly ClaimOutcome[]): string[] {
  return outcomes.flatMap(({ stepId, checks }) =>
    checks
      .filter(({ ok }) => !ok)
      .map((check) => `${stepId}: ${check.subject}: expected ${check.expected}, got ${check.actual}`),
  )
}

function read(yaml: string): Step[] {
  return StepsFile.parse(parse(`steps:\n${yaml}`)).steps
}

test(
  'steps of lessons, copied after they ran, hold by themselves in another sandbox',
  { timeout: 600_000 },
  async () => {
    const wrong: string[] = []
    for (const { slug, steps } of lessons) {
      const learner = await LessonClient.open(viva.origin)
      const copied: Step[] = []
      for (const step of steps) {
        const [outcome] = await learner.run(steps.map(looked), step.id, { longBursts: false })
        const { evidence, variables } = outcome!
        const sentFor = { step: { slug, ...step }, edited: false }
        const yaml = stepYaml({ draft: draftOf(step), ...sentFor, evidence, variables, people })
        copied.push(...read(yaml))
      }
      const sentBy = (step: Step): Step => ({ ...step, claims: [] })
      expect(copied.map(sentBy)).toEqual(steps.map(sentBy))
      const other = await LessonClient.open(viva.origin)
      for (const { id } of copied) {
        await other.send(newUser(`other-${id}`))
        other.forget()
        wrong.push(...failed(await other.run(copied, id)).map((line) => `${slug}: ${line}`))
      }
    }
    expect(wrong).toEqual([])
  },
)

function newUser(name: string, email = `${name}@example.com`): PlainRequest {
  const body = JSON.stringify({ name, email, password: 'correct-horse' })
  return { method: 'POST', path: '/users/', headers: [['Content-Type', 'application/json']], body }
}

/** Sends a draft in a sandbox that was just reset. */
async function sendFresh(client: LessonClient, draft: RequestDraft): Promise<Evidence> {
  await client.send({ method: 'POST', path: '/api/sandbox/reset', headers: [], body: null })
  const caller = draft.caller === 'ada' || draft.caller === 'grace' ? draft.caller : 'nobody'
  return sendOnly(client, requestOfDraft(draft, {}, await client.tokenOf(caller)))
}

async function sendOnly(client: LessonClient, request: PlainRequest): Promise<Evidence> {
  const traceId = crypto.randomUUID().replaceAll('-', '')
  const response = await client.send(request, traceId)
  const text = await response.text()
  const kept = await client.send({ method: 'GET', path: `/api/traces/${traceId}`, headers: [], body: null })
  const trace = kept.ok ? TraceReport.parse(await kept.json()) : null
  return {
    status: response.redirected ? (trace?.requests[0]?.status ?? 0) : response.status,
    headers: Object.fromEntries(response.headers),
    ...{ text, json: jsonOf(response.headers.get('content-type') ?? '', text) },
    ...{ trace, store: null, burst: null },
  }
}

const user = fc.record(
  {
    name: fc.string({ maxLength: 12 }),
    email: fc.constantFrom('eve@example.com', 'ada@example.com', 'eve', '{{email}}'),
    password: fc.constantFrom('correct-horse', 'short'),
    age: fc.constantFrom(36, 7, 36.5, '36', null),
    bio: fc.string({ unit: 'grapheme', maxLength: 30 }),
  },
  { requiredKeys: [] },
)
const toProject = fc.record({
  caller: fc.constantFrom('nobody', 'ada', 'grace'),
  method: fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
  path: fc.constantFrom('/users/', '/users', '/users/1', '/users/2', '/users/9', '/users/me', '/users/x', '/items', '/login', '/nowhere', '/openapi.json', '/users/?limit=2', '/users/?limit=x'),
  body: fc.option(user.map((value) => JSON.stringify(value))),
}) // prettier-ignore

function writtenOrRefused(draft: RequestDraft, evidence: Evidence): string | null {
  try {
    return stepYaml({ ...{ draft, step: null, edited: false, evidence, variables: {} }, people })
  } catch (error) {
    expect(error).toBeInstanceOf(CannotWrite)
    return null
  }
}

/** Node writes headers in Latin-1 alone. */
const isSentByNode = ({ headers }: PlainRequest): boolean =>
  headers.every(([, value]) => /^[\t -~\u00a0-\u00ff]*$/.test(value))

const drafts = fc.oneof(
  toProject.map(({ caller, method, path, body }) => ({
    ...draftOfRequest({ method, path, headers: [], body: null }),
    ...{ caller, ...(body !== null && !/GET|HEAD/.test(method) && { kind: 'json' as const, body }) },
  })),
  anyRequest.filter(isSentByNode).map(draftOfRequest),
)

test(
  'any request that a step can describe, copied after it was sent, holds in another sandbox',
  { timeout: 600_000 },
  async () => {
    const client = await LessonClient.open(viva.origin)
    let written = 0
    await fc.assert(
      fc.asyncProperty(drafts, async (draft) => {
        const evidence = await sendFresh(client, draft)
        const yaml = writtenOrRefused(draft, evidence)
        if (yaml === null) return
        written += 1
        const steps = read(yaml)
        expect(failed(await client.run(steps, steps.at(-1)!.id))).toEqual([])
      }),
      { numRuns: 60 },
    )
    expect(written).toBeGreaterThan(10)
  },
)

const EVE = { name: 'Eve', email: 'eve@example.com', password: 'correct-horse' }

test('a caller who was created here signs up and logs in first, and no token is written', async () => {
  const client = await LessonClient.open(viva.origin)
  const created = (await (await client.send(newUser('Eve', EVE.email))).json()) as { id: number }
  const everyone = [...people, { ...EVE, id: created.id }]
  const form = new URLSearchParams({ username: EVE.email, password: EVE.password }).toString()
  const type: [string, string] = ['Content-Type', 'application/x-www-form-urlencoded']
  const login = await client.send({ method: 'POST', path: '/login', headers: [type], body: form })
  const { access_token: token } = (await login.json()) as { access_token: string }
  const bearer = { name: 'Authorization', value: `Bearer ${token}` }
  const byChoice = {
    ...draftOfRequest({ method: 'GET', path: '/users/me', headers: [], body: null }),
    caller: EVE.email,
  }
  const byHeader = {
    ...byChoice,
    caller: 'nobody',
    headers: [bearer, { name: 'X-Sandbox', value: 'secret-id' }],
  }
  const evidence = await sendOnly(client, requestOfDraft(byChoice, {}, token))
  for (const draft of [byChoice, byHeader]) {
    const yaml = stepYaml({
      ...{ draft, step: null, edited: false, evidence, variables: {} },
      people: everyone,
    })
    expect(yaml).not.toMatch(/eyJ|secret-id/)
    expect(yaml).toContain("Authorization: 'Bearer {{token}}'")
    const fresh = await LessonClient.open(viva.origin)
    expect(failed(await fresh.run(read(yaml), 'get-users-me'))).toEqual([])
  }
})

test('a token of a seeded person becomes the caller, and a refused one loses its signature', async () => {
  const client = await LessonClient.open(viva.origin)
  const token = (await client.tokenOf('ada')) ?? ''
  const withToken = (value: string) => draftOfRequest({ method: 'GET', path: '/users/me', headers: [['Authorization', `Bearer ${value}`]], body: null }) // prettier-ignore
  const copied = async (draft: RequestDraft): Promise<Step[]> => {
    const evidence = await sendOnly(client, requestOfDraft(draft, {}, null))
    const steps = read(stepYaml({ ...{ draft, step: null, edited: false, evidence, variables: {} }, people }))
    expect(failed(await (await LessonClient.open(viva.origin)).run(steps, steps[0]!.id))).toEqual([])
    return steps
  }
  expect(await copied(withToken(token))).toMatchObject([{ as: 'ada', headers: {} }])
  const [forged] = await copied(withToken(`${token.slice(0, -4)}AAAA`))
  expect(forged?.headers.Authorization).toBe(`Bearer ${token.replace(/[^.]*$/, 'signature')}`)
  expect(forged?.claims[0]?.expect).toMatchObject({ status: 401, trace: [{ verdict: 'refused' }] })
})

test('what was done reads as an author would write it', async () => {
  const client = await LessonClient.open(viva.origin)
  const draft = { ...draftOfRequest({ ...newUser('eve'), headers: [] }), kind: 'json' as const }
  const evidence = await sendFresh(client, draft)
  const yaml = stepYaml({ ...{ draft, step: null, edited: false, evidence, variables: {} }, people })
  expect(yaml.split('\n').slice(2).join('\n')).toBe(`  - id: post-users
    title: POST /users/
    note: The response is 201 Created.
    fresh: true
    method: POST
    path: /users/
    json: { name: eve, email: eve@example.com, password: correct-horse }
    claims:
      - id: responds-201
        sentence: Copy the words of lesson.md that this shows
        shows: The response is 201 Created.
        expect:
          status: 201
          json:
            - { path: id, type: number }
            - { path: name, equals: eve }
            - { path: email, equals: eve@example.com }
            - { path: age, equals: null }
            - { path: bio, equals: null }
            - { path: created_at, matches: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d' }
          trace:
            - { step: users.create_user }
          store:
            - { table: users, where: { email: eve@example.com }, count: { equals: 1 } }
`)
})
