import type { RoomEventOf } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'

/** Requests with what they came to, and what was expected of them. */
export function evolveRequests(
  state: RoomState,
  event: RoomEventOf<'expectation-given' | 'request-recorded'>,
): RoomState {
  if (event.type === 'request-recorded') {
    const { request, judgement = null, isTold = false } = event
    const requests = [...state.requests, request]
    if (judgement === null) return { ...state, requests }
    const { id, question } = request
    return { ...state, requests, judged: [...state.judged, { request: id, question, judgement, isTold }] }
  }
  const question = state.questions[event.question]
  if (question === undefined) return state
  const { text, late, at } = event
  const begun = { ...question, expectation: { text, at, late } }
  return { ...state, questions: { ...state.questions, [event.question]: begun } }
}
