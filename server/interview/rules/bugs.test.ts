import { expect, test } from 'vitest'
import { isSameOutcome, nearMissOf, verdictOn } from '#contract/interview/bug.ts'
import { LATE_MS, LIMITS } from '#contract/interview/limits.ts'
import { NOTHING_SHARED, NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import { candidateReport } from './report/candidate-report.ts'
import { reportFor } from './report/report.ts'
import { CANARIES } from './testing/canaries.ts'
import {
  done,
  IDA,
  JON,
  KEY_HASH,
  MINUTE,
  ownTimeRoom,
  refusal,
  startedRoom,
  type TestRoom,
} from './testing/room.ts'
import { runWith, TASK_PLAN } from './testing/sample-plan.ts'
import { openTab } from './testing/tab.ts'
import { candidateView } from './views/candidate-view.ts'
import { candidateMessage, candidateOpening, hostMessage, hostOpening } from './views/messages.ts'
import { hostView } from './views/host-view.ts'
import { replayOf } from './views/replay.ts'

const seen = (now: number) => ({ now, living: new Set(['one']), hideNames: false, publicUrl: null })

/** A room whose second question, the one with a bug, is being asked. */
function bugRoom(): TestRoom {
  const room = startedRoom(TASK_PLAN)
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  return room
}

const edit = (room: TestRoom, text: string, file = 'main.py', question = 'q2') =>
  room.candidate({ type: 'edit-file', question, file, update: openTab().type(text) })
const bug = TASK_PLAN.questions[1]!.bug!

test('the interviewer gets each change of a file and each run; both are in the replay', () => {
  const room = bugRoom()
  expect(done(edit(room, 'fixed = 1'))).toEqual(['file-edited'])
  const edited = room.events.at(-1)!
  expect(hostMessage(edited, room.state, IDA, seen(room.now))).toMatchObject({
    kind: 'text',
    document: { of: 'file', question: 'q2', file: 'main.py' },
    late: false,
  })
  room.wait(1)
  done(room.candidate({ type: 'report-run', question: 'q2', run: runWith(['look/works']) }))
  room.wait(1)
  done(room.candidate({ type: 'report-run', question: 'q2', run: runWith([]) }))
  const of = (room: TestRoom) => hostView(room.state, IDA, seen(room.now)).questions[1]?.bug
  expect(of(room)).toEqual({
    runs: 2,
    last: { run: runWith([]), at: room.now, late: false },
    lateAt: null,
    own: null,
  })
  expect(hostView(room.state, IDA, seen(room.now)).questions[0]?.bug).toBeNull()
  done(room.host(JON, { type: 'keep-run', question: 'q2', run: runWith(['again/works']) }))
  expect(of(room)?.own).toEqual({ run: runWith(['again/works']), at: room.now, interviewer: JON.id })
  const kinds = replayOf(room.events, IDA.id).steps.map(({ kind }) => kind)
  expect(kinds.slice(-4)).toEqual(['file', 'run', 'run', 'own-run'])
})

test('the candidate gets the broken files and the checks, back after a reload with their own changes, and nothing that helps', () => {
  const room = bugRoom()
  const tab = openTab()
  done(room.candidate({ type: 'edit-file', question: 'q2', file: 'main.py', update: tab.type('mine = 1') }))
  done(room.candidate({ type: 'report-run', question: 'q2', run: runWith(['look/works']) }))
  const before = room.state.candidateNumber
  done(room.host(IDA, { type: 'keep-run', question: 'q2', run: runWith([]) }))
  // They don't learn that someone has run their files.
  expect(room.state.candidateNumber).toBe(before)
  expect(candidateMessage(room.events.at(-1)!, room.state, KEY_HASH, seen(room.now))).toBeNull()
  const opening = candidateOpening(room.state, seen(room.now))
  const shown = opening.kind === 'view' ? opening.view.question?.bug : null
  expect(shown).toMatchObject({ title: 'Bug of q2', files: bug.files, paths: bug.paths, runs: 1 })
  const reader = openTab()
  reader.take(shown?.edits['main.py'] ?? '')
  expect(reader.text()).toBe('mine = 1')
  expect(Object.keys(shown ?? {}).toSorted()).toEqual([
    'ask',
    'edits',
    'files',
    'paths',
    'runs',
    'steps',
    'title',
  ])
  for (const { text } of CANARIES.filter(({ kind }) => kind === 'secret'))
    expect(JSON.stringify(opening)).not.toContain(text)
})

test('a second tab of the candidate gets what was changed in the first', () => {
  const room = bugRoom()
  done(edit(room, 'x = 1', 'routers/users.py'))
  expect(candidateMessage(room.events.at(-1)!, room.state, KEY_HASH, seen(room.now))).toMatchObject({
    ...{ kind: 'file', question: 'q2', file: 'routers/users.py', number: room.state.candidateNumber },
  })
})

test('what isn’t of this question is refused: other files, questions without a bug, checks of another one', () => {
  const room = bugRoom()
  for (const file of ['common_passwords.py', 'os.py']) expect(refusal(edit(room, 'x', file))).toBe('unknown')
  expect(refusal(edit(room, 'x', 'main.py', 'q1'))).toBe('unknown')
  expect(refusal(edit(room, 'x', 'main.py', 'q3'))).toBe('not-yet')
  expect(refusal(edit(room, 'x', 'main.py', 'q9'))).toBe('not-yet')
  const report = (question: string, run: ReturnType<typeof runWith>) =>
    room.candidate({ type: 'report-run', question, run })
  expect(refusal(report('q1', runWith([])))).toBe('unknown')
  const [claim] = runWith([]).claims
  for (const claims of [[{ name: 'other/claim', held: true }], [claim!, claim!]])
    expect(refusal(report('q2', { ...runWith([]), claims }))).toBe('malformed')
  const error = { type: 'SyntaxError', message: 'invalid syntax', place: null }
  expect(refusal(report('q2', { ...runWith([]), error }))).toBe('malformed')
  expect(done(report('q2', { files: '00000000', error, claims: [] }))).toEqual(['run-reported'])
  for (const question of ['q1', 'q3', 'q9'])
    refusal(room.host(IDA, { type: 'keep-run', question, run: runWith([]) }))
})

test('a change that isn’t one, and more text than a file may have, are refused', () => {
  const room = bugRoom()
  const update = btoa('nonsense')
  expect(refusal(room.candidate({ type: 'edit-file', question: 'q2', file: 'main.py', update }))).toBe(
    'malformed',
  )
  expect(refusal(edit(room, 'x'.repeat(LIMITS.characters + 1)))).toBe('full')
})

test('a flood of runs is refused in the end, and leaves room for the interview', () => {
  const room = bugRoom()
  for (let run = 0; run < LIMITS.runs; run += 1)
    done(room.candidate({ type: 'report-run', question: 'q2', run: runWith([]) }))
  expect(refusal(room.candidate({ type: 'report-run', question: 'q2', run: runWith([]) }))).toBe('full')
  done(edit(room, 'x = 1'))
  for (let run = 0; run < LIMITS.ownRuns; run += 1)
    done(room.host(IDA, { type: 'keep-run', question: 'q2', run: runWith([]) }))
  expect(refusal(room.host(IDA, { type: 'keep-run', question: 'q2', run: runWith([]) }))).toBe('full')
  done(room.host(IDA, { type: 'end' }))
})

test('changes and runs after the question was left are late, and refused ten minutes after the end', () => {
  const room = bugRoom()
  const tab = openTab()
  const send = (text: string) =>
    room.candidate({ type: 'edit-file', question: 'q2', file: 'main.py', update: tab.type(text) })
  done(send('in time'))
  done(room.host(IDA, { type: 'go-to', question: 'q1' }))
  room.wait(MINUTE)
  done(send(', late'))
  done(room.candidate({ type: 'report-run', question: 'q2', run: runWith([]) }))
  const report = () => reportFor(room.state, IDA, seen(room.now)).questions[1]?.bug
  expect(report()).toMatchObject({
    files: { 'main.py': 'in time' },
    withLate: { 'main.py': 'in time, late' },
    runs: [{ late: true }],
  })
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  // Asked again, it goes on from all that was written.
  expect(report()?.files).toEqual({ 'main.py': 'in time, late' })
  done(room.host(IDA, { type: 'end' }))
  room.wait(LATE_MS + 1)
  expect(refusal(send('!'))).toBe('too-late')
  expect(refusal(room.candidate({ type: 'report-run', question: 'q2', run: runWith([]) }))).toBe('too-late')
  done(room.host(IDA, { type: 'keep-run', question: 'q2', run: runWith([]) }))
})

test('the report has the files, all runs and what interviewers’ own runs came to; the candidate’s only the files', () => {
  const room = bugRoom()
  done(edit(room, 'mine = 1'))
  done(room.candidate({ type: 'report-run', question: 'q2', run: runWith([]) }))
  done(room.host(IDA, { type: 'keep-run', question: 'q2', run: runWith(['look/works']) }))
  done(room.host(IDA, { type: 'end' }))
  done(room.host(IDA, { type: 'hand-in' }))
  expect(reportFor(room.state, IDA, seen(room.now)).questions[1]?.bug).toMatchObject({
    ...{ bug, files: { 'main.py': 'mine = 1' }, withLate: null, runs: [{ run: runWith([]) }] },
    ownRuns: [{ run: runWith(['look/works']), interviewer: IDA.id }],
  })
  done(room.host(IDA, { type: 'share', parts: { ...NOTHING_SHARED, answers: true }, card: NO_CARD_SHARED }))
  const shared = candidateReport(room.state, room.now)
  expect(shared?.questions.find(({ title }) => title === 'Title of q2')?.bug).toEqual({
    ...{ title: 'Bug of q2', ask: '<p>Report of q2</p>', given: bug.files, files: { 'main.py': 'mine = 1' } },
  })
  for (const { text } of CANARIES.filter(({ kind }) => kind === 'secret'))
    expect(JSON.stringify(shared)).not.toContain(text)
})

test('a run that claims to have passed has passed only what it names, and a near miss is known by its claims', () => {
  expect(verdictOn(bug, runWith([])).passed).toBe(true)
  expect(verdictOn(bug, { ...runWith([]), claims: [] }).passed).toBe(false)
  expect(verdictOn(bug, { ...runWith([]), claims: [{ name: 'again/works', held: true }] }).passed).toBe(false)
  expect(nearMissOf(bug, runWith(['again/works']))?.says).toBe('canary-miss-q2')
  expect(nearMissOf(bug, runWith(['look/works']))).toBeNull()
  expect(isSameOutcome(runWith([]), runWith([], '11111111'))).toBe(true)
  expect(isSameOutcome(runWith([]), runWith(['look/works']))).toBe(false)
  const error = { type: 'E', message: '', place: null }
  expect(isSameOutcome(runWith([]), { files: '00000000', error, claims: [] })).toBe(false)
})

test('the candidate learns that some question has a bug, before, between and after, and never which', () => {
  const room = ownTimeRoom(TASK_PLAN)
  const shown = (): boolean => candidateView(room.state, seen(room.now)).bug
  expect(shown()).toBe(true)
  done(room.candidate({ type: 'begin' }))
  expect(shown()).toBe(true)
  done(room.candidate({ type: 'next', question: 'q1' }))
  expect(shown()).toBe(true)
  const { state, now } = startedRoom()
  expect(candidateView(state, seen(now)).bug).toBe(false)
})

test('on their own time a bug works the same, and everyone is told that changes and runs are recorded', () => {
  const room = ownTimeRoom(TASK_PLAN)
  expect(room.state.candidate?.told.join(' ')).toContain('changes to code')
  expect(room.state.candidate?.told.join(' ')).toContain('appears at once, in your answer or in code')
  expect(startedRoom().state.candidate?.told.join(' ')).not.toMatch(/changes to code|or in code/)
  done(room.candidate({ type: 'begin' }))
  done(room.candidate({ type: 'next', question: 'q1' }))
  done(edit(room, 'x = 1'))
  done(room.candidate({ type: 'report-run', question: 'q2', run: runWith([]) }))
  expect(hostOpening(room.state, IDA, seen(room.now))).toMatchObject({
    texts: [{ document: { of: 'file', question: 'q2', file: 'main.py' } }],
  })
})
