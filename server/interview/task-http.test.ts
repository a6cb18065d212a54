import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import { heldOf, type QuestionTask } from '#contract/interview/task.ts'
import { PracticeRequest } from '#contract/practice.ts'
import { renderSite } from '../../deck/render/site.ts'
import { loadDeck } from '../../deck/load.ts'
import { serveViva, type ServedViva } from '../testing/serve-viva.ts'
import { RoomClient } from './testing/room-client.ts'
import { questionWith, TaskRoom } from './testing/task-room.ts'

/** The longest wait that `/lab/wait` accepts. */
const MAX_WAIT_MS = 2_000

let app: ServedViva
let questions: LessonQuestion[]
beforeAll(async () => {
  questions = (await renderSite('content/lessons', process.cwd())).questions
  app = await serveViva(
    { RATE_LIMIT: '0', CONNECTION_LIMIT: '0', INTERVIEWS_PER_HOUR: '1000', SANDBOXES_PER_HOUR: '1000' },
    { questions: new Map(questions.map((question) => [question.slug, question])) },
  )
})
afterAll(() => app.close())

const deck = await loadDeck('content/lessons')
const practised = deck.flatMap(({ slug, practice }) => practice.tasks.map((task) => ({ slug, task })))

test('every task of the deck can be given in a room', () => {
  const offered = questions.flatMap(({ tasks }) => tasks.map(({ lesson, id }) => `${lesson}/${id}`))
  expect(offered).toEqual(practised.map(({ slug, task }) => `${slug}/${task.id}`))
})

describe.each(deck.filter(({ practice }) => practice.tasks.length > 0).map(({ slug }) => slug))(
  '%s',
  (slug) => {
    const tasks = practised.filter((one) => one.slug === slug)

    test('in a room its solutions pass, and its near misses are recognised', async () => {
      const choices = tasks
        .flatMap(({ task }) => [task, task])
        .map(({ id }) => questionWith({ lesson: slug, id }))
      const room = await TaskRoom.open(app.origin, choices)
      for (const [index, { task }] of tasks.entries()) {
        await room.begin(`q${2 * index + 1}`)
        let solved = null
        for (const request of task.solution) solved = await room.send(request)
        // On a busy machine the last request of a burst may start after the first one is over.
        for (let times = 0; times < 2 && solved?.passed !== true && task.solution.at(-1)?.burst; times += 1)
          solved = await room.send(task.solution.at(-1)!, MAX_WAIT_MS)
        expect([task.id, solved?.passed, solved?.claims.filter(({ ok }) => !ok)]).toEqual([task.id, true, []])

        await room.begin(`q${2 * index + 2}`)
        let missed = null
        for (const request of task.nearMiss) missed = await room.send(request)
        expect([task.id, missed?.passed, missed?.trap]).toEqual([task.id, false, expect.any(Number)])
      }
    })
  },
)

const MEND = { lesson: '06-authentication', id: 'mend-the-login' }
const login = (fields: Record<string, string>): PracticeRequest =>
  PracticeRequest.parse({ method: 'POST', path: '/login', form: fields })
const PASSWORD = 'compiler-pioneer'

test('a task begins with the seeded rows, whatever was done before it', async () => {
  const own = { ...questionWith(MEND), task: undefined }
  const room = await TaskRoom.open(app.origin, [own, questionWith(MEND)])
  const wrong = { method: 'DELETE', path: '/users/2', headers: [] as [string, string][], body: null }
  await room.send(PracticeRequest.parse({ as: 'grace', method: 'DELETE', path: '/users/2' }))
  expect((await room.sendPlain({ ...wrong, method: 'GET' })).status).toBe(404)
  await room.begin('q2')
  const solved = await room.send(login({ username: 'grace@example.com', password: PASSWORD }))
  expect(solved?.passed).toBe(true)
  // A retry of the same command must not undo what was done since.
  await room.send(PracticeRequest.parse({ as: 'grace', method: 'DELETE', path: '/users/2' }))
  await room.room.seat({ type: 'expect', question: 'q2', text: null })
  expect((await room.sendPlain({ ...wrong, method: 'GET' })).status).toBe(404)
})

test('before the candidate has begun the task, requests are refused and nothing is recorded', async () => {
  const room = await TaskRoom.open(app.origin, [questionWith(MEND)])
  const sandbox = await sandboxOf(room)
  const answer = await fetch(`${app.origin}/items`, { headers: { 'X-Sandbox': sandbox } })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toEqual({
    detail: 'First write what you expect of this task, or choose “Just try it”.',
  })
})

test('no password, token or unknown value of a request is in what is kept of its judgement', async () => {
  const room = await TaskRoom.open(app.origin, [
    questionWith({ lesson: '07-password-hashing', id: 'too-many-bytes' }),
    questionWith(MEND),
    questionWith({ lesson: '14-middleware', id: 'strangers-select' }),
  ])
  await room.begin('q1', 'a 422')
  const secret = `tr0ub4dor-${'é'.repeat(40)}`
  const eve = { name: 'Eve', email: 'eve@example.com' }
  await room.send(
    PracticeRequest.parse({ method: 'POST', path: '/users/', json: { ...eve, password: secret } }),
  )
  await room.send(
    PracticeRequest.parse({ method: 'POST', path: '/users/', json: { ...eve, password: 'pw-1' } }),
  )
  await room.send(
    PracticeRequest.parse({
      method: 'POST',
      path: '/users/',
      json: { ...eve, name: secret, password: secret },
    }),
  )
  await room.begin('q2', 'a token')
  await room.send(login({ username: 'grace@example.com', password: PASSWORD }))
  await room.send(login({ username: PASSWORD, password: PASSWORD }))
  await room.send(
    PracticeRequest.parse({
      method: 'POST',
      path: `/login?password=${PASSWORD}`,
      json: { password: PASSWORD },
    }),
  )
  const raw = room.host.raw()
  expect(raw).toContain('"passed":true')
  const judged = room.host.messages.flatMap((message) =>
    message.kind === 'request' ? [JSON.stringify([message.judgement, message.request])] : [],
  )
  for (const kept of judged) {
    expect(kept).not.toContain(secret)
    expect(kept).not.toContain('tr0ub4dor')
    expect(kept).not.toContain('pw-1')
    expect(kept).not.toContain(PASSWORD)
    expect(kept).not.toMatch(/eyJ[\w-]+\./)
  }
})

test('a request of another page is judged by what was sent for it', async () => {
  const task = taskOf('14-middleware', 'strangers-select')
  const room = await TaskRoom.open(app.origin, [questionWith({ lesson: task.lesson, id: task.id })])
  await room.begin('q1')
  const [solution] = task.solution
  const { judgement } = await room.sendPlain({
    ...{ method: 'POST', path: '/api/cross-origin' },
    headers: [
      ['Content-Type', 'application/json'],
      ['traceparent', `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-01`],
    ],
    body: JSON.stringify({
      ...{ method: solution?.method, path: solution?.path, body: null },
      headers: Object.entries(solution?.headers ?? {}),
    }),
  })
  expect(judgement?.claims.filter(({ ok }) => !ok)).toEqual([])
  expect(judgement?.passed).toBe(true)
})

test('where the playground explains, the candidate is told how much holds; elsewhere nothing of it', async () => {
  for (const [playground, told] of [
    ['explained', true],
    ['requests', false],
  ] as const) {
    const room = await TaskRoom.open(app.origin, [questionWith(MEND, playground)])
    const seat = await room.room.seatStream()
    await room.begin('q1', 'a token for Grace')
    const judgement = await room.send(login({ username: 'ada@example.com', password: 'analytical-engine' }))
    await room.room.host({ type: 'pause' })
    const paused = await seat.until(
      (message) => message.kind === 'view' && message.view.question?.clock.since === null,
    )
    const task = paused.kind === 'view' ? paused.view.question?.task : null
    expect(task?.expectation).toMatchObject({ text: 'a token for Grace', late: false })
    expect(task?.result).toEqual(told ? { passed: false, ...heldOf(judgement!) } : null)
    const { traps, hints, solution, ...shown } = taskOf(MEND.lesson, MEND.id)
    expect(task).toMatchObject({ title: shown.title, ask: shown.ask, start: shown.start })
    for (const text of [
      ...traps.map(({ says }) => says),
      ...hints,
      shown.id,
      JSON.stringify(solution[0]?.form),
    ])
      expect(seat.raw()).not.toContain(text)
  }
})

test('what isn’t a task, or an expectation, is refused in words', async () => {
  const room = new RoomClient(app.origin)
  const unknown = await room.create([
    questionWith({ lesson: '06-authentication', id: 'nothing-of-the-kind' }),
  ])
  expect([unknown.status, unknown.json]).toEqual([
    404,
    { detail: 'This deck has no task 06-authentication/nothing-of-the-kind.', refused: 'unknown' },
  ])
  const closed = await room.create([{ ...questionWith(MEND), playground: 'closed' }])
  expect(closed.status).toBe(422)
  const fenced = { language: 'python' as const, code: 'x = 1\n```\n' }
  expect((await room.create([{ ...questionWith(MEND), snippets: [fenced] }])).status).toBe(422)
  const given = await TaskRoom.open(app.origin, [questionWith(MEND)])
  for (const text of ['', '   ', 'a'.repeat(1_001), 7, undefined]) {
    const { status } = await given.room.seat({ type: 'expect', question: 'q1', text: text as string })
    expect([text, status]).toEqual([text, 422])
  }
  const strange = await given.room.seat({ type: 'expect', question: 'q7', text: 'x' })
  expect(strange.status).toBe(409)
})

test('after a restart, both sides have what was expected and what it came to', async () => {
  const room = await TaskRoom.open(app.origin, [questionWith(MEND)])
  await room.begin('q1', 'a token')
  await room.send(login({ username: 'grace@example.com', password: PASSWORD }))
  const again = await room.room.hostStream()
  const opening = await again.until(({ kind }) => kind === 'opening')
  expect(opening).toMatchObject({
    judged: [{ judgement: { passed: true } }],
    view: { questions: [{ expectation: { text: 'a token' } }] },
  })
})

function taskOf(lesson: string, id: string): QuestionTask {
  const found = questions.find(({ slug }) => slug === lesson)?.tasks.find((task) => task.id === id)
  if (found === undefined) throw new Error(`no task ${lesson}/${id}`)
  return found
}

async function sandboxOf(room: TaskRoom): Promise<string> {
  const seat = await room.room.seatStream()
  const view = await seat.until(({ kind }) => kind === 'view')
  seat.close()
  return view.kind === 'view' ? view.view.sandbox : ''
}
