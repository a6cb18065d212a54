import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { LATE_MS, LIMITS } from '#contract/interview/limits.ts'
import { encodeBase64 } from '#contract/interview/base64.ts'
import { done, IDA, JON, MINUTE, refusal, startedRoom, type TestRoom } from './testing/room.ts'
import { openTab } from './testing/tab.ts'
import { EMPTY_DOCUMENT, judgeUpdate, textOf, updateOf, wholeOf, withUpdate } from './text-document.ts'

function answerOf(room: TestRoom, key = 'q1'): string {
  const question = room.state.questions[key]
  return question === undefined ? '' : textOf(wholeOf(question))
}

test('two tabs that write at once, one of them offline, end with the same text and everything from both', () => {
  const room = startedRoom()
  const [one, other] = [openTab(), openTab()]
  const first = one.type('Type hints. ')
  done(room.candidate({ type: 'write', question: 'q1', update: first }))
  other.take(first)
  const offline = [...'Starlette. '].map((letter) => other.type(letter))
  done(room.candidate({ type: 'write', question: 'q1', update: one.type('Pydantic. ') }))
  for (const update of offline) done(room.candidate({ type: 'write', question: 'q1', update }))
  one.take(other.whole())
  other.take(one.whole())
  expect(one.text()).toBe(other.text())
  expect(answerOf(room)).toBe(one.text())
  expect(answerOf(room)).toContain('Pydantic. ')
  expect(answerOf(room)).toContain('Starlette. ')
})

test('an update that arrives twice is stored once', () => {
  const room = startedRoom()
  const update = openTab().type('once')
  expect(done(room.candidate({ type: 'write', question: 'q1', update }))).toEqual(['answer-written'])
  expect(done(room.candidate({ type: 'write', question: 'q1', update }))).toEqual([])
  expect(answerOf(room)).toBe('once')
})

test('an update that overtakes another is accepted once the other has arrived', () => {
  const room = startedRoom()
  const tab = openTab()
  const updates = ['a', 'b', 'c'].map((letter) => tab.type(letter))
  const write = (index: number) =>
    room.candidate({ type: 'write', question: 'q1', update: updates[index] ?? '' })
  expect([refusal(write(2)), refusal(write(1))]).toEqual(['too-soon', 'too-soon'])
  for (const index of [0, 1, 2]) done(write(index))
  expect(answerOf(room)).toBe('abc')
})

test('text typed offline after the question was left is kept, separate from text that was in time', () => {
  const room = startedRoom()
  const tab = openTab()
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type('before') }))
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  room.wait(MINUTE)
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type(', offline') }))
  const question = room.state.questions.q1
  expect(question && textOf(question.answer)).toBe('before')
  expect(answerOf(room)).toBe('before, offline')
  expect(question?.lateAt).toBe(room.now)
})

test('a question that is asked again continues from everything written so far', () => {
  const room = startedRoom()
  const tab = openTab()
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type('one') }))
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  room.wait(MINUTE)
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type(' two') }))
  done(room.host(IDA, { type: 'go-to', question: 'q1' }))
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type(' three') }))
  const question = room.state.questions.q1
  expect(question && textOf(question.answer)).toBe('one two three')
})

test('ten minutes after the end nothing more is accepted', () => {
  const room = startedRoom()
  const tab = openTab()
  done(room.host(IDA, { type: 'end' }))
  room.wait(LATE_MS)
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type('from the train') }))
  room.wait(1)
  expect(refusal(room.candidate({ type: 'write', question: 'q1', update: tab.type('!') }))).toBe('too-late')
  expect(answerOf(room)).toBe('from the train')
})

test('a candidate can’t write to a question that wasn’t asked, and can’t tell it from one that doesn’t exist', () => {
  const room = startedRoom()
  const update = openTab().type('guess')
  const write = (question: string) => room.candidate({ type: 'write', question, update })
  expect(refusal(write('q2'))).toBe('not-yet')
  expect(write('q2')).toEqual(write('q77'))
})

test('bytes that aren’t an update are refused and change nothing', () => {
  const room = startedRoom()
  done(room.candidate({ type: 'write', question: 'q1', update: openTab().type('safe') }))
  const before = room.state
  for (const bytes of [
    [],
    [1],
    [255, 255, 255, 255, 255],
    [1, 1, 9, 0, 4, 1, 4],
    [...'hello'].map(() => 104),
  ]) {
    const update = encodeBase64(Uint8Array.from(bytes))
    expect(refusal(room.candidate({ type: 'write', question: 'q1', update }))).toBe('malformed')
  }
  expect(room.state).toBe(before)
})

test('an update that creates anything but plain text is refused', () => {
  const make = (edit: (doc: Y.Doc) => void) => {
    const doc = new Y.Doc()
    edit(doc)
    return Y.encodeStateAsUpdate(doc)
  }
  const odd = [
    make((doc) => doc.getMap('hidden').set('a', 1)),
    make((doc) => doc.getText('other').insert(0, 'x')),
    make((doc) => doc.getText('text').insertEmbed(0, { image: 'x' })),
    make((doc) => doc.getText('text').insert(0, 'bold', { bold: true })),
    make((doc) => doc.getText('text').setAttribute('a', 'b')),
  ]
  expect(odd.map((update) => judgeUpdate(EMPTY_DOCUMENT, update))).toEqual(odd.map(() => 'malformed'))
})

test('a text holds 20,000 characters and not one more', () => {
  const room = startedRoom()
  const tab = openTab()
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type('x'.repeat(LIMITS.characters)) }))
  expect(refusal(room.candidate({ type: 'write', question: 'q1', update: tab.type('y') }))).toBe('full')
  expect(answerOf(room)).toHaveLength(LIMITS.characters)
})

test('an update of more than 64 KB is refused', () => {
  const room = startedRoom()
  const update = encodeBase64(new Uint8Array(LIMITS.updateBytes + 1))
  expect(refusal(room.candidate({ type: 'write', question: 'q1', update }))).toBe('full')
})

test('a nearly full room accepts a text’s changes every five seconds, and can still be ended and handed in', () => {
  const room = startedRoom()
  const tab = openTab()
  room.state = { ...room.state, number: LIMITS.eventsBeforeSpacing }
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type('a') }))
  const update = tab.type('b')
  expect(refusal(room.candidate({ type: 'write', question: 'q1', update }))).toBe('too-soon')
  room.wait(LIMITS.updateSpacingMs)
  done(room.candidate({ type: 'write', question: 'q1', update }))
  expect(answerOf(room)).toBe('ab')
  room.state = { ...room.state, number: LIMITS.events - 50 }
  expect(refusal(room.candidate({ type: 'write', question: 'q1', update: tab.type('c') }))).toBe('full')
  expect(refusal(room.host(IDA, { type: 'score', question: 'q1', score: 1 }))).toBe('full')
  done(room.host(IDA, { type: 'end' }))
  done(room.host(IDA, { type: 'hand-in' }))
})

test('the total size of a room’s texts is limited', () => {
  const room = startedRoom()
  room.state = { ...room.state, textBytes: LIMITS.textBytes }
  expect(refusal(room.candidate({ type: 'write', question: 'q1', update: openTab().type('a') }))).toBe('full')
})

test('each interviewer has their own notes, on any question and on the whole interview', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'write-notes', question: 'q3', update: openTab().type('prepared') }))
  done(room.host(JON, { type: 'write-notes', question: null, update: openTab().type('whole') }))
  const notes = (id: string, of: string) => textOf(room.state.cards[id]?.notes[of] ?? EMPTY_DOCUMENT)
  expect(notes(IDA.id, 'q3')).toBe('prepared')
  expect(notes(JON.id, '')).toBe('whole')
  expect(notes(JON.id, 'q3')).toBe('')
  expect(refusal(room.host(IDA, { type: 'write-notes', question: 'q9', update: openTab().type('x') }))).toBe(
    'unknown',
  )
})

test('many small updates take no more bytes than the text they make', () => {
  const tab = openTab()
  let document = EMPTY_DOCUMENT
  for (let index = 0; index < 1_000; index += 1) {
    document = withUpdate(document, Uint8Array.from(Buffer.from(tab.type('x'), 'base64')), index)
  }
  expect(textOf(document)).toBe('x'.repeat(1_000))
  expect(updateOf(document).length).toBeLessThan(1_100)
  expect(document.tail.length).toBeLessThan(50)
})
