import { expect, test } from 'vitest'
import type { SharedCard } from '#contract/interview/sharing.ts'
import { candidateReport } from './report/candidate-report.ts'
import { gridFor } from './report/grid.ts'
import { reportFor } from './report/report.ts'
import { done, IDA, JON, startedRoom, type TestRoom } from './testing/room.ts'
import { openTab } from './testing/tab.ts'

const PARTS = { answers: true, requests: true, times: true, modelAnswers: false, study: [] }
const EVERYTHING: SharedCard = { scores: true, keyPoints: true, notes: true, strengths: true }

function reportOf(room: TestRoom, viewer = IDA) {
  return reportFor(room.state, viewer, { now: room.now, hideNames: false })
}

function rowOf(room: TestRoom, viewer = IDA, interviewers = [IDA, JON]) {
  const ids = new Set(interviewers.map(({ id }) => id))
  const { plan } = room.state
  const options = { now: room.now, hideNames: false, interviewers: ids }
  return gridFor(plan, [room.state], viewer, options).rows[0]
}

/** Ended after two of three questions; Ida scored the first and says that the second can't be assessed. */
function endedRoom(): TestRoom {
  const room = startedRoom()
  done(room.host(IDA, { type: 'score', question: 'q1', score: 1 }))
  done(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 0, ticked: true }))
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  done(room.host(IDA, { type: 'score', question: 'q2', score: 0 }))
  done(room.host(IDA, { type: 'tick', question: 'q2', keyPoint: 0, ticked: true }))
  done(room.host(IDA, { type: 'flag', question: 'q2', redFlag: 0, raised: true }))
  done(room.host(IDA, { type: 'write-notes', question: 'q2', update: openTab().type('Asked by mistake.') }))
  done(room.host(IDA, { type: 'mark-not-assessed', question: 'q2', notAssessed: true }))
  done(room.host(IDA, { type: 'end' }))
  return room
}

test('nothing counts in a question that isn’t assessed: no score, no key point, no red flag, no topic, no lesson', () => {
  const { questions, topics, study } = reportOf(endedRoom())
  expect(questions.map(({ asked, notAssessed }) => ({ asked, notAssessed }))).toEqual([
    { asked: true, notAssessed: false },
    { asked: true, notAssessed: true },
    { asked: false, notAssessed: false },
  ])
  expect(questions[1]?.marks).toEqual([
    {
      interviewer: IDA.id,
      score: null,
      notAssessed: true,
      ticks: [],
      flags: [],
      times: {},
      quotes: [],
      notes: 'Asked by mistake.',
    },
  ])
  expect(topics.map(({ topic }) => topic)).toEqual(['topic-of-q1', 'shared-topic'])
  expect(topics.flatMap(({ missed }) => missed).map(({ question }) => question)).not.toContain('q2')
  expect(study.map(({ title }) => title)).toEqual(['Title of q1'])
})

test('what was ticked before comes back when the question is assessed after all', () => {
  const room = endedRoom()
  done(room.host(IDA, { type: 'score', question: 'q2', score: 3 }))
  expect(reportOf(room).questions[1]).toMatchObject({
    notAssessed: false,
    marks: [{ score: 3, notAssessed: false, ticks: [0], flags: [0] }],
  })
})

test('a question is assessed as long as one interviewer assesses it', () => {
  const room = endedRoom()
  done(room.host(JON, { type: 'score', question: 'q2', score: 2 }))
  for (const who of [IDA, JON]) done(room.host(who, { type: 'hand-in' }))
  const [, second] = reportOf(room).questions
  expect(second?.notAssessed).toBe(false)
  expect(second?.differ).toEqual({ scores: null, keyPoints: [], redFlags: [] })
  expect(rowOf(room)?.cells[1]).toMatchObject({
    scores: [{ interviewer: JON.id, score: 2 }],
    notAssessed: [IDA.id],
    ticks: [],
  })
})

test('interviewers differ where one ticked what another, who scored the question, did not', () => {
  const room = endedRoom()
  done(room.host(JON, { type: 'flag', question: 'q1', redFlag: 1, raised: true }))
  done(room.host(JON, { type: 'score', question: 'q1', score: 3 }))
  for (const who of [IDA, JON]) done(room.host(who, { type: 'hand-in' }))
  expect(reportOf(room).questions[0]?.differ).toEqual({
    ...{ scores: { lowest: 1, highest: 3 }, keyPoints: [0], redFlags: [1] },
  })
})

test('the candidate’s report doesn’t list the key points of a question that isn’t assessed as missed', () => {
  const room = endedRoom()
  done(room.host(IDA, { type: 'hand-in' }))
  done(room.host(IDA, { type: 'share', parts: PARTS, card: EVERYTHING }))
  expect(candidateReport(room.state, room.now)?.questions.map(({ marks }) => marks)).toEqual([
    [expect.objectContaining({ score: 1 })],
    [{ interviewer: 'Ida', notAssessed: true, notes: 'Asked by mistake.' }],
  ])
  const card = { ...EVERYTHING, scores: false, keyPoints: false }
  done(room.host(IDA, { type: 'share', parts: PARTS, card }))
  expect(candidateReport(room.state, room.now)?.questions[1]?.marks).toEqual([
    { interviewer: 'Ida', notes: 'Asked by mistake.' },
  ])
})

test('a recommendation stays with its owner until both scorecards are submitted, and is in the grid once all are', () => {
  const room = endedRoom()
  done(room.host(IDA, { type: 'recommend', recommendation: 'strong-yes' }))
  done(room.host(IDA, { type: 'write-notes', question: 'strengths', update: openTab().type('Curious.') }))
  done(room.host(JON, { type: 'recommend', recommendation: 'no' }))
  done(room.host(JON, { type: 'write-notes', question: 'concerns', update: openTab().type('Guesses.') }))
  const ida = { interviewer: IDA.id, recommendation: 'strong-yes', strengths: 'Curious.', concerns: '' }
  const jon = { interviewer: JON.id, recommendation: 'no', strengths: '', concerns: 'Guesses.' }
  expect(reportOf(room).recommendations).toEqual([ida])
  done(room.host(IDA, { type: 'hand-in' }))
  expect(reportOf(room, JON).recommendations).toEqual([jon])
  expect([rowOf(room, IDA)?.recommendations, rowOf(room, JON)?.recommendations]).toEqual([null, null])
  // Jon no longer takes part: his scorecard can't be submitted any more.
  expect(rowOf(room, IDA, [IDA])?.recommendations).toHaveLength(1)
  done(room.host(JON, { type: 'hand-in' }))
  expect(reportOf(room).recommendations).toEqual([ida, jon])
  expect(rowOf(room)?.recommendations).toEqual([
    { interviewer: IDA.id, recommendation: 'strong-yes' },
    { interviewer: JON.id, recommendation: 'no' },
  ])
})

test('an interviewer who looked in and noted nothing doesn’t hold back the recommendations', () => {
  const room = endedRoom()
  done(room.host(JON, { type: 'score', question: 'q1', score: 3 }))
  done(room.host(JON, { type: 'score', question: 'q1', score: null }))
  done(room.host(IDA, { type: 'recommend', recommendation: 'no-decision' }))
  done(room.host(IDA, { type: 'hand-in' }))
  expect(rowOf(room)?.recommendations).toEqual([{ interviewer: IDA.id, recommendation: 'no-decision' }])
  expect(rowOf(room, JON)?.recommendations).toBeNull()
})

test('of a recommendation, only the strengths reach the candidate, and only when they are shared', () => {
  const room = endedRoom()
  done(room.host(IDA, { type: 'recommend', recommendation: 'strong-no' }))
  for (const question of ['strengths', 'concerns'] as const) {
    done(room.host(IDA, { type: 'write-notes', question, update: openTab().type(`${question}-of-ida`) }))
  }
  done(room.host(IDA, { type: 'hand-in' }))
  const shared = (card: SharedCard): string => {
    done(room.host(IDA, { type: 'share', parts: PARTS, card }))
    return JSON.stringify(candidateReport(room.state, room.now))
  }
  const everything = shared(EVERYTHING)
  expect(everything).toContain('strengths-of-ida')
  for (const text of ['concerns-of-ida', 'strong-no', 'recommend']) expect(everything).not.toContain(text)
  expect(shared({ ...EVERYTHING, strengths: false })).not.toContain('strengths-of-ida')
})
