import { decodeBase64 } from '#contract/interview/base64.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { EMPTY_DOCUMENT, wholeOf, withUpdate } from '../text-document.ts'

/** Answers and notes. */
export function evolveTexts(
  state: RoomState,
  event: RoomEventOf<'answer-written' | 'notes-written'>,
): RoomState {
  const update = decodeBase64(event.update)
  const counted = { ...state, textBytes: state.textBytes + update.length }
  if (event.type === 'notes-written') {
    const card = state.cards[event.interviewer]
    if (card === undefined) return counted
    const of = event.question ?? ''
    const notes = { ...card.notes, [of]: withUpdate(card.notes[of] ?? EMPTY_DOCUMENT, update, event.at) }
    return { ...counted, cards: { ...state.cards, [event.interviewer]: { ...card, notes } } }
  }
  const question = state.questions[event.question]
  if (question === undefined) return counted
  const written = event.late
    ? { ...question, late: withUpdate(wholeOf(question), update, event.at), lateAt: event.at }
    : { ...question, answer: withUpdate(question.answer, update, event.at) }
  return { ...counted, questions: { ...state.questions, [event.question]: written } }
}
