import type { QuestionKey } from '#contract/interview/plan.ts'
import type { NotesSubject } from '#contract/interview/recommendation.ts'
import { GRACE_MS, LATE_MS, LIMITS } from '#contract/interview/limits.ts'
import { decodeBase64 } from '#contract/interview/base64.ts'
import { refuse, type Refusal, type Verdict } from '../decision.ts'
import { planned, type QuestionState, type RoomState } from '../room-state.ts'
import { EMPTY_DOCUMENT, judgeUpdate, wholeOf, type TextDocument } from '../text-document.ts'
import { handedIn } from './scoring.ts'

/**
 * A part of the candidate's answer. While the question is current, and for some seconds after it was left, it counts as in time. Later
 * text was presumably typed offline: it is accepted until ten minutes after the end and kept separately as late, so that nothing is lost
 * and no one is misled.
 */
export function writeAnswer(
  room: RoomState,
  { question: key, update }: { question: QuestionKey; update: string },
  at: number,
): Verdict {
  const question = room.questions[key]
  // A question that wasn't asked gets the same refusal as one that doesn't exist.
  if (question === undefined || question.askedAt === null) {
    return refuse('not-yet', 'That question has not been asked.')
  }
  if (room.endedAt !== null && at > room.endedAt + LATE_MS)
    return refuse('too-late', 'The interview is over.')
  const refusal = judgeText(room, wholeOf(question), update, at)
  if (refusal !== null) return refusal
  return [{ type: 'answer-written', question: key, update, late: isLate(room, key, question, at) }]
}

/** A part of an interviewer's own notes, on whatever they write them on, at any time until their scorecard is handed in. */
export function writeNotes(
  room: RoomState,
  interviewer: string,
  { question, update }: { question: NotesSubject | null; update: string },
  at: number,
): Verdict {
  const refusal = handedIn(room, interviewer)
  if (refusal) return refusal
  const onQuestion = question !== null && question !== 'strengths' && question !== 'concerns'
  if (onQuestion && planned(room, question) === undefined) {
    return refuse('unknown', 'There is no such question in this plan.')
  }
  const notes = room.cards[interviewer]?.notes[question ?? ''] ?? EMPTY_DOCUMENT
  return judgeText(room, notes, update, at) ?? [{ type: 'notes-written', interviewer, question, update }]
}

/** Whether what arrives now is too late to count as in time. */
export function isLate(room: RoomState, key: QuestionKey, { leftAt }: QuestionState, at: number): boolean {
  return room.present !== key && (leftAt === null || at > leftAt + GRACE_MS)
}

/** Checks an update of a text. @returns null if the update has to be stored; no events if all of it is stored already */
export function judgeText(
  room: RoomState,
  document: TextDocument,
  base64: string,
  at: number,
): Refusal | [] | null {
  const update = decodeBase64(base64)
  if (update.length > LIMITS.updateBytes) return refuse('full', 'That is too much text at once.')
  const verdict = judgeUpdate(document, update)
  if (verdict === 'known') return []
  if (verdict === 'malformed') return refuse('malformed', 'That is not a valid change to a text.')
  if (verdict === 'too-early') return refuse('too-soon', 'An earlier change has not arrived yet.')
  if (verdict === 'too-many-changes') {
    return refuse('full', 'This text has been changed in too many places and can’t be changed any more.')
  }
  if (verdict === 'too-long')
    return refuse('full', `A text can hold at most ${LIMITS.characters} characters.`)
  // Texts must not use up the events of requests, which are refused when they can't be recorded.
  const forRequests = Math.max(0, LIMITS.requests - room.requests.length)
  if (document.bytes + update.length > LIMITS.documentBytes) {
    return refuse('full', 'This text has been changed too often and can’t be changed any more.')
  }
  const full = room.number >= LIMITS.events - LIMITS.reservedEvents - forRequests
  if (full || room.textBytes + update.length > LIMITS.textBytes) {
    return refuse('full', 'This room can’t hold any more text.')
  }
  const crowded = room.number >= LIMITS.eventsBeforeSpacing
  if (crowded && document.at !== null && at < document.at + LIMITS.updateSpacingMs) {
    return refuse('too-soon', 'This room is nearly full, so changes are accepted only every few seconds.')
  }
  return null
}
