import { hasPlayground, type QuestionKey } from '#contract/interview/plan.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import type { Judgement } from '#contract/interview/task.ts'
import { refuse, type Decision, type Refusal } from '../decision.ts'
import { planned, type RoomState } from '../room-state.ts'
import { decide, RESERVED_FOR_CLOSING } from './decide.ts'
import { settled } from './due.ts'
import { awaitsExpectation } from './tasks.ts'

/** A request with its response. Its question is the one in whose playground it started. */
export type SentRequest = Omit<RecordedRequest, 'at'>

/** A task's own words for a request that is sent before it has begun. */
const NOT_BEGUN = 'First write what you expect of this task, or choose “Just try it”.'

/**
 * Whether the candidate may send a request now.
 * @param underWay requests of this room that have started and are not recorded yet: each of them counts towards the limit
 * @returns the question that it belongs to, or why it is refused
 */
export function admitRequest(state: RoomState, now: number, underWay: number): QuestionKey | Refusal {
  const question = playgroundOpen(state, now)
  if (question === null) {
    return refuse('not-allowed', 'The playground of this interview is closed at the moment.')
  }
  if (awaitsExpectation(state, question)) return refuse('not-yet', NOT_BEGUN)
  return requestsFull(state, underWay)
    ? refuse(
        'full',
        `This interview has recorded ${state.requests.length} requests and can’t record any more.`,
      )
    : question
}

/** Whether the room has as many recorded requests as it can hold. */
export function requestsFull(state: RoomState, underWay = 0): boolean {
  const { requests, number } = state
  return (
    requests.length + underWay >= LIMITS.requests ||
    number + underWay >= LIMITS.events - LIMITS.reservedEvents
  )
}

/**
 * Records a request that was admitted, whatever has happened to its question since: it was answered, so it is evidence. If two instances
 * each admitted one to the last place, both are recorded.
 * @param judgement what it came to in the task of its question; null where there is none
 */
export function decideRequest(
  state: RoomState,
  sent: SentRequest,
  now: number,
  judgement: Judgement | null = null,
): Decision {
  return decide(
    state,
    { command: sent.id, now, maxEvents: LIMITS.events - RESERVED_FOR_CLOSING },
    (room, at) => {
      if (room.requests.some(({ id }) => id === sent.id)) return []
      const request = { ...sent, at }
      if (judgement === null) return [{ type: 'request-recorded', request }]
      const isTold = planned(room, sent.question)?.playground === 'explained'
      return [{ type: 'request-recorded', request, judgement, isTold }]
    },
  )
}

/** The question in whose playground the candidate may send requests now, or null when it is closed. */
export function playgroundOpen(state: RoomState, now: number): QuestionKey | null {
  const room = settled(state, Math.max(now, state.at))
  const question = room.present === null ? undefined : planned(room, room.present)
  return question === undefined || question.playground === 'closed' ? null : room.present
}

/** Before the first question, the candidate of a room with a playground may try it out: requests that only read pass, unrecorded. */
export function trialOpen(state: RoomState, now: number): boolean {
  const room = settled(state, Math.max(now, state.at))
  return room.phase === 'open' && room.candidate !== null && hasPlayground(room.plan)
}
