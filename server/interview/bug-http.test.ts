import { afterAll, beforeAll, expect, test } from 'vitest'
import type { QuestionBug, TabRun } from '#contract/interview/bug.ts'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import { renderSite } from '../../deck/render/site.ts'
import { serveViva, type ServedViva } from '../testing/serve-viva.ts'
import { RoomClient, Writer } from './testing/room-client.ts'
import { bugQuestion, questionWith } from './testing/task-room.ts'

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

const BUG = { lesson: '07-password-hashing', id: 'hash-in-the-response' }

function bugOf({ lesson, id }: typeof BUG): QuestionBug {
  const found = questions.find(({ slug }) => slug === lesson)?.bugs.find((bug) => bug.id === id)
  if (found === undefined) throw new Error(`no bug ${lesson}/${id}`)
  return found
}

function runOf(bug: QuestionBug, failed: readonly string[] = []): TabRun {
  const names = bug.steps.flatMap(({ id, claims }) => claims.map((claim) => `${id}/${claim.id}`))
  return {
    files: '00000000',
    error: null,
    claims: names.map((name) => ({ name, held: !failed.includes(name) })),
  }
}

async function openRoom(): Promise<RoomClient> {
  const room = await new RoomClient(app.origin).open([bugQuestion(BUG), bugQuestion(BUG)])
  await room.host({ type: 'go-to', question: 'q1' })
  return room
}

test('a candidate of any bug of the deck gets its report, the broken files and the checks, and none of what helps', async () => {
  const all = questions.flatMap(({ bugs }) => bugs)
  expect(all.length).toBeGreaterThan(0)
  const choices = all.slice(0, 30).map(({ lesson, id }) => bugQuestion({ lesson, id }))
  const room = await new RoomClient(app.origin).open(choices)
  const seat = await room.seatStream()
  for (const [index, bug] of all.slice(0, 30).entries()) {
    const key = `q${index + 1}`
    const from = seat.messages.length
    await room.host({ type: 'go-to', question: key })
    const message = await seat.until((one) => one.kind === 'view' && one.view.question?.key === key, from)
    const shown = message.kind === 'view' ? message.view.question?.bug : null
    const { title, ask, files, paths, steps } = bug
    expect(shown).toEqual({ title, ask, files, paths, steps, edits: {}, runs: 0 })
    const sent = JSON.stringify(message)
    const helps = [...bug.hints, bug.why, ...bug.nearMisses.map(({ says }) => says)]
    for (const text of helps) expect(sent).not.toContain(JSON.stringify(text).slice(1, -1))
    for (const name of ['"nearMisses"', '"solution"', '"hints"', '"why"', '"red"'])
      expect(sent).not.toContain(name)
  }
  seat.close()
})

test('what was edited and what runs came to outlive a restart of the stream, for both sides', async () => {
  const room = await openRoom()
  const host = await room.hostStream()
  const writer = new Writer()
  const text = 'class UserOut: ...\n'
  const edited = await room.seat({
    ...{ type: 'edit-file', question: 'q1', file: 'schemas.py', update: writer.type(text) },
  })
  expect(edited.status).toBe(200)
  await room.seat({ type: 'report-run', question: 'q1', run: runOf(bugOf(BUG), bugOf(BUG).red) })
  expect(await host.until(({ kind }) => kind === 'text')).toMatchObject({
    document: { of: 'file', question: 'q1', file: 'schemas.py' },
  })
  const kept = await room.host({ type: 'keep-run', question: 'q1', run: runOf(bugOf(BUG)) })
  expect(kept.status).toBe(200)
  const opening = await (await room.hostStream()).until(({ kind }) => kind === 'opening')
  expect(opening).toMatchObject({
    texts: [{ document: { of: 'file', file: 'schemas.py' } }],
    view: { questions: [{ bug: { runs: 1, own: { interviewer: room.ida.id } } }, { bug: { runs: 0 } }] },
  })
  const view = await (await room.seatStream()).until(({ kind }) => kind === 'view')
  expect(view).toMatchObject({
    view: { question: { bug: { runs: 1, edits: { 'schemas.py': expect.any(String) } } } },
  })
  const path = `/api/interviews/${room.id}/rooms/${room.room}`
  expect((await room.call(`${path}/report`, room.key)).json).toMatchObject({
    questions: [{ bug: { files: { 'schemas.py': text }, runs: [{ late: false }], ownRuns: [{}] } }, {}],
  })
  const replay = (await room.call(`${path}/replay`, room.key)).json as { steps: { kind: string }[] }
  expect(replay.steps.map(({ kind }) => kind).filter((kind) => /file|run/.test(kind))).toEqual([
    'file',
    'run',
    'own-run',
  ])
})

test('what isn’t a change of this question’s files, or a run of its checks, is refused in words', async () => {
  const room = await openRoom()
  const update = new Writer().type('x = 1')
  const edit = { type: 'edit-file' as const, question: 'q1', file: 'main.py', update }
  const run = runOf(bugOf(BUG))
  const report = { type: 'report-run' as const, question: 'q1', run }
  const [claim] = run.claims
  const wrong: [command: object, status: number][] = [
    ...['../main.py', '/etc/passwd', 'main.pyc', '', 7, 'a'.repeat(100), '__proto__', 'constructor'].map(
      (file): [object, number] => [{ ...edit, file }, 422],
    ),
    ...['common_passwords.py', 'os.py', 'routers/other.py'].map((file): [object, number] => [
      { ...edit, file },
      404,
    ]),
    [{ ...edit, question: 'q2' }, 409],
    [{ ...edit, question: 'q9' }, 409],
    [{ ...edit, update: 'A'.repeat(65_000) }, 422],
    [{ ...edit, update: 'A'.repeat(70_000) }, 413],
    [{ ...edit, update: btoa('nonsense') }, 422],
    [{ ...report, question: 'q2' }, 409],
    [{ ...report, run: { ...run, passed: true } }, 422],
    [{ ...report, run: 'passed' }, 422],
    [{ ...report, run: { ...run, files: 'mine' } }, 422],
    [{ ...report, run: { ...run, claims: [claim, claim] } }, 422],
    [{ ...report, run: { ...run, claims: [{ name: 'other/claim', held: true }] } }, 422],
    [{ ...report, run: { ...run, claims: Array.from({ length: 101 }, () => claim) } }, 422],
    [{ ...report, run: { ...run, error: { type: 'E', message: 'm'.repeat(1_001), place: null } } }, 422],
    // Only interviewers keep runs of their own.
    [{ type: 'keep-run', question: 'q1', run }, 422],
  ]
  for (const [command, status] of wrong) {
    const answer = await room.seat(command as never)
    expect([JSON.stringify(command).slice(0, 120), answer.status]).toEqual([
      JSON.stringify(command).slice(0, 120),
      status,
    ])
    expect(JSON.stringify(answer.json)).toMatch(/[a-z]{3}/)
  }
  const path = `/api/interviews/${room.id}/rooms/${room.room}/report`
  expect((await room.call(path, room.key)).json).toMatchObject({
    questions: [{ bug: { files: {}, runs: [], ownRuns: [] } }, {}],
  })
})

test('a claim to have passed is kept as what it is: what one browser reported, beside the interviewer’s own run', async () => {
  const room = await openRoom()
  const bug = bugOf(BUG)
  await room.seat({ type: 'report-run', question: 'q1', run: runOf(bug) })
  await room.host({ type: 'keep-run', question: 'q1', run: runOf(bug, bug.red) })
  const path = `/api/interviews/${room.id}/rooms/${room.room}/report`
  expect((await room.call(path, room.key)).json).toMatchObject({
    questions: [{ bug: { runs: [{ run: runOf(bug) }], ownRuns: [{ run: runOf(bug, bug.red) }] } }, {}],
  })
  // Another's key keeps nothing.
  const stranger = await room.host({ type: 'keep-run', question: 'q1', run: runOf(bug) }, room.seatKey)
  expect(stranger.status).toBe(404)
})

test('a set whose bug this deck doesn’t have, or that gives a task and a bug, is refused in words', async () => {
  const unknown = await new RoomClient(app.origin).create([
    bugQuestion({ ...BUG, id: 'nothing-of-the-kind' }),
  ])
  expect([unknown.status, unknown.json]).toEqual([
    404,
    { detail: 'This deck has no bug 07-password-hashing/nothing-of-the-kind.', refused: 'unknown' },
  ])
  const both = { ...questionWith({ lesson: '06-authentication', id: 'mend-the-login' }), bug: BUG }
  expect((await new RoomClient(app.origin).create([both])).status).toBe(422)
})
