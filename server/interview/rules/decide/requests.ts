import type { QuestionKey } from '../../../../contract/interview/plan.ts'
import type { RecordedRequest } from '../../../../contract/interview/recorded-request.ts'
import { GRACE, LIMITS } from '../../../../contract/interview/limits.ts'
import { refuse, type Decision } from '../decision.ts'
import { planned, type RoomState } from '../room-state.ts'
import { decide } from './decide.ts'
import { settled } from './due.ts'

/** A request with its answer, before the rules say to which question it belongs. */
export type SentRequest = Omit<RecordedRequest, 'question' | 'at'>

/** Keeps a request that the candidate has sent. Secrets were hidden before. */
export function decideRequest(state: RoomState, sent: SentRequest, now: number): Decision {
  return decide(state, { command: sent.id, now, most: LIMITS.events - LIMITS.eventsKept }, (room, at) => {
    if (room.requests.some(({ id }) => id === sent.id)) return []
    const question = openFor(room, at)
    if (question === null) return refuse('not-allowed', 'The playground is not open at the moment.')
    if (room.requests.length >= LIMITS.requests) {
      return refuse('full', `${LIMITS.requests} requests are kept of a room.`)
    }
    return [{ type: 'request-recorded', request: { ...sent, question, at } }]
  })
}

/** The question in whose playground the candidate may send requests now, or null when it is closed. */
export function playgroundOpen(state: RoomState, now: number): QuestionKey | null {
  const room = settled(state, Math.max(now, state.at))
  return room.present !== null && planned(room, room.present)?.playground === true ? room.present : null
}

/** As `playgroundOpen`, with some seconds for an answer that was under way when its question was left. */
function openFor(room: RoomState, at: number): QuestionKey | null {
  const leftAt = room.lastLeft === null ? null : (room.questions[room.lastLeft]?.leftAt ?? null)
  const justLeft = leftAt !== null && at <= leftAt + GRACE ? room.lastLeft : null
  const candidates = [room.present, justLeft]
  return candidates.find((key) => key !== null && planned(room, key)?.playground === true) ?? null
}
