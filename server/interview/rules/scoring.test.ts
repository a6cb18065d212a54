import { expect, test } from 'vitest'
import { done, IDA, JON, newId, refusal, startedRoom } from './testing/room.ts'
import { openTab } from './testing/tab.ts'
import { hostView } from './views/host-view.ts'

function viewOf(room: ReturnType<typeof startedRoom>, who = IDA) {
  return hostView(room.state, who, { now: room.now, living: new Set(), hideNames: false, publicUrl: null })
}

test('only a question that was asked can be scored and ticked', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'score', question: 'q1', score: 3 }))
  done(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 2, ticked: true }))
  done(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 0, ticked: true }))
  expect(viewOf(room).card).toMatchObject({ scores: { q1: 3 }, ticks: { q1: [0, 2] } })
  expect(refusal(room.host(IDA, { type: 'score', question: 'q2', score: 3 }))).toBe('not-yet')
  expect(refusal(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 9, ticked: true }))).toBe('unknown')
})

test('a score and a tick can be taken back, and repeating one changes nothing', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'score', question: 'q1', score: 3 }))
  expect(done(room.host(IDA, { type: 'score', question: 'q1', score: 3 }))).toEqual([])
  done(room.host(IDA, { type: 'score', question: 'q1', score: null }))
  done(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 1, ticked: true }))
  done(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 1, ticked: false }))
  expect(viewOf(room).card).toMatchObject({ scores: {}, ticks: { q1: [] } })
})

test('a moment is marked under the current question, once per id', () => {
  const room = startedRoom()
  const moment = newId()
  done(room.host(IDA, { type: 'mark', moment, label: 'good example' }))
  expect(done(room.host(IDA, { type: 'mark', moment, label: 'again' }))).toEqual([])
  expect(viewOf(room).card.moments).toEqual([
    { id: moment, at: room.now, label: 'good example', question: 'q1' },
  ])
  expect(done(room.host(JON, { type: 'unmark', moment }))).toEqual([])
  done(room.host(IDA, { type: 'unmark', moment }))
  expect(viewOf(room).card.moments).toEqual([])
})

test('a scorecard is handed in after the end, and then it is final', () => {
  const room = startedRoom()
  expect(refusal(room.host(IDA, { type: 'hand-in' }))).toBe('not-yet')
  done(room.host(IDA, { type: 'end' }))
  done(room.host(IDA, { type: 'score', question: 'q1', score: 2 }))
  done(room.host(IDA, { type: 'hand-in' }))
  expect(done(room.host(IDA, { type: 'hand-in' }))).toEqual([])
  expect(refusal(room.host(IDA, { type: 'score', question: 'q1', score: 4 }))).toBe('too-late')
  expect(refusal(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 0, ticked: true }))).toBe(
    'too-late',
  )
  expect(refusal(room.host(IDA, { type: 'mark', moment: newId(), label: '' }))).toBe('too-late')
  expect(refusal(room.host(IDA, { type: 'unmark', moment: newId() }))).toBe('too-late')
  const update = openTab().type('x')
  expect(refusal(room.host(IDA, { type: 'write-notes', question: 'q1', update }))).toBe('too-late')
})

test('an interviewer sees another’s scorecard and notes only once both are handed in', () => {
  const room = startedRoom()
  done(room.host(JON, { type: 'score', question: 'q1', score: 1 }))
  done(room.host(JON, { type: 'write-notes', question: 'q1', update: openTab().type('weak on salts') }))
  done(room.host(IDA, { type: 'end' }))
  done(room.host(JON, { type: 'hand-in' }))
  expect(viewOf(room).others).toMatchObject([{ id: JON.id, handedIn: room.now, card: null, notes: null }])
  done(room.host(IDA, { type: 'hand-in' }))
  expect(viewOf(room).others).toMatchObject([
    { id: JON.id, card: { scores: { q1: 1 } }, notes: { q1: 'weak on salts' } },
  ])
})

test('a scorecard can be taken back as long as no other one is handed in', () => {
  const room = startedRoom()
  done(room.host(JON, { type: 'mark', moment: newId(), label: '' }))
  done(room.host(IDA, { type: 'end' }))
  done(room.host(IDA, { type: 'hand-in' }))
  done(room.host(IDA, { type: 'take-back' }))
  done(room.host(IDA, { type: 'score', question: 'q1', score: 4 }))
  done(room.host(IDA, { type: 'hand-in' }))
  done(room.host(JON, { type: 'hand-in' }))
  expect(refusal(room.host(IDA, { type: 'take-back' }))).toBe('too-late')
  expect(refusal(room.host(JON, { type: 'take-back' }))).toBe('too-late')
})

test('a card’s scores can be shared only by its owner, and only once it is handed in', () => {
  const room = startedRoom()
  const parts = { answers: true, requests: false, times: false, modelAnswers: false, study: [] }
  const nothing = { scores: false, keyPoints: false, notes: false, strengths: false }
  const share = (who: typeof IDA, card: typeof nothing) => room.host(who, { type: 'share', parts, card })
  expect(refusal(share(IDA, nothing))).toBe('not-yet')
  done(room.host(IDA, { type: 'end' }))
  done(share(JON, nothing))
  expect(refusal(share(IDA, { ...nothing, scores: true }))).toBe('not-yet')
  done(room.host(IDA, { type: 'hand-in' }))
  done(share(IDA, { ...nothing, scores: true }))
  expect(viewOf(room, IDA).sharedCard.scores).toBe(true)
  expect(viewOf(room, JON).sharedCard.scores).toBe(false)
})

test('a question that was asked can be left unassessed; a score takes that back, and the other way round', () => {
  const room = startedRoom()
  const mark = (question: string, notAssessed: boolean) =>
    room.host(IDA, { type: 'mark-not-assessed', question, notAssessed })
  expect(refusal(mark('q2', true))).toBe('not-yet')
  expect(refusal(mark('q9', true))).toBe('unknown')
  done(room.host(IDA, { type: 'score', question: 'q1', score: 2 }))
  done(mark('q1', true))
  expect(done(mark('q1', true))).toEqual([])
  expect(viewOf(room).card).toMatchObject({ scores: {}, notAssessed: ['q1'] })
  done(room.host(IDA, { type: 'score', question: 'q1', score: 4 }))
  expect(viewOf(room).card).toMatchObject({ scores: { q1: 4 }, notAssessed: [] })
  done(mark('q1', true))
  done(mark('q1', false))
  expect(viewOf(room).card).toMatchObject({ scores: {}, notAssessed: [] })
})

test('a recommendation is given after the end, and can be changed until the scorecard is submitted and after it is reopened', () => {
  const room = startedRoom()
  const recommend = (recommendation: 'no' | 'yes' | null) =>
    room.host(IDA, { type: 'recommend', recommendation })
  expect(refusal(recommend('yes'))).toBe('not-yet')
  done(room.host(IDA, { type: 'end' }))
  done(recommend('yes'))
  expect(done(recommend('yes'))).toEqual([])
  done(recommend(null))
  done(recommend('no'))
  done(room.host(IDA, { type: 'hand-in' }))
  expect(refusal(recommend('yes'))).toBe('too-late')
  expect(refusal(room.host(IDA, { type: 'mark-not-assessed', question: 'q1', notAssessed: true }))).toBe(
    'too-late',
  )
  const update = openTab().type('x')
  expect(refusal(room.host(IDA, { type: 'write-notes', question: 'concerns', update }))).toBe('too-late')
  done(room.host(IDA, { type: 'take-back' }))
  done(recommend('yes'))
  expect(viewOf(room).card.recommendation).toBe('yes')
})
