import { GRACE_MS, LATE_MS } from '#contract/interview/limits.ts'
import type { QuestionKey } from '#contract/interview/plan.ts'
import { refuse, type Verdict } from '../decision.ts'
import { planned, type RoomState } from '../room-state.ts'

/**
 * The candidate begins a task with what they expect, or with null without an expectation. It can be done once, so that no one expects what
 * they have seen already. Text written offline is accepted as long as that of an answer, and marked as late.
 */
export function expectOfTask(
  room: RoomState,
  { question: key, text }: { question: QuestionKey; text: string | null },
  at: number,
): Verdict {
  const question = room.questions[key]
  // A question that wasn't asked gets the same refusal as one that doesn't exist.
  if (question === undefined || question.askedAt === null)
    return refuse('not-yet', 'That question has not been asked.')
  if (planned(room, key)?.task === null) return refuse('unknown', 'That question has no task.')
  if (question.expectation !== null) {
    return question.expectation.text === text
      ? []
      : refuse('taken', 'What you expect of this task has been sent already.')
  }
  if (room.endedAt !== null && at > room.endedAt + LATE_MS)
    return refuse('too-late', 'The interview is over.')
  const isLate = room.present !== key && (question.leftAt === null || at > question.leftAt + GRACE_MS)
  return [{ type: 'expectation-given', question: key, text, late: isLate }]
}

/** Whether the candidate has yet to begin the task of this question. */
export function awaitsExpectation(room: RoomState, key: QuestionKey): boolean {
  return (planned(room, key)?.task ?? null) !== null && room.questions[key]?.expectation === null
}
