import type { CandidateMessage } from '#contract/interview/candidate-view.ts'
import type { HostMessage } from '#contract/interview/host-view.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import { isForCandidate } from '../evolve/evolve.ts'
import type { RoomEvent } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { candidateView } from './candidate-view.ts'
import { hostTexts, hostView, type HostViewContext } from './host-view.ts'
import type { ViewContext } from './presence-view.ts'

/** The first message of an interviewer's stream, when it is opened or reopened: everything. */
export function hostOpening(state: RoomState, you: Interviewer, seen: HostViewContext): HostMessage {
  return {
    kind: 'opening',
    view: hostView(state, you, seen),
    plan: state.plan,
    texts: hostTexts(state, you.id),
    requests: [...state.requests],
    judged: state.judged.map(({ request, judgement }) => ({ request, judgement })),
  }
}

/**
 * The message about an event for one interviewer's stream.
 * @param after the state that the event led to
 * @returns null for work on another's scorecard, which they don't see
 */
export function hostMessage(
  event: RoomEvent,
  after: RoomState,
  you: Interviewer,
  seen: HostViewContext,
): HostMessage | null {
  const { at } = event
  switch (event.type) {
    case 'answer-written': {
      const { question, update, late } = event
      return { kind: 'text', number: after.number, document: { of: 'answer', question }, update, late, at }
    }
    case 'file-edited': {
      const { question, file, update, late } = event
      return {
        kind: 'text',
        number: after.number,
        document: { of: 'file', question, file },
        update,
        late,
        at,
      }
    }
    case 'notes-written': {
      if (event.interviewer !== you.id) return null
      const { question, update } = event
      return {
        kind: 'text',
        number: after.number,
        document: { of: 'notes', question },
        update,
        late: false,
        at,
      }
    }
    case 'request-recorded':
      return {
        kind: 'request',
        number: after.number,
        request: event.request,
        judgement: event.judgement ?? null,
      }
    case 'key-point-ticked':
    case 'red-flag-raised':
    case 'scored':
    case 'quote-bound':
    case 'quote-removed':
    case 'marked-not-assessed':
    case 'recommended':
    case 'moment-marked':
    case 'moment-removed':
      return event.interviewer === you.id ? { kind: 'view', view: hostView(after, you, seen) } : null
    default:
      return { kind: 'view', view: hostView(after, you, seen) }
  }
}

/** The first message of a candidate's stream, when it is opened or reopened: everything. */
export function candidateOpening(state: RoomState, seen: ViewContext): CandidateMessage {
  return { kind: 'view', view: candidateView(state, seen) }
}

/**
 * The message about an event for the candidate's stream.
 * @param after the state that the event led to
 * @param keyHash of the key that opened this stream: another device may have taken the seat since
 * @returns null for everything that only interviewers see
 */
export function candidateMessage(
  event: RoomEvent,
  after: RoomState,
  keyHash: string,
  seen: ViewContext,
): CandidateMessage | null {
  if (!isForCandidate(event)) return null
  if (after.candidate?.keyHash !== keyHash) return { kind: 'replaced' }
  if (event.type === 'file-edited') {
    const { question, file, update } = event
    return { kind: 'file', number: after.candidateNumber, question, file, update }
  }
  if (event.type !== 'answer-written') return { kind: 'view', view: candidateView(after, seen) }
  const { question, update } = event
  return { kind: 'text', number: after.candidateNumber, question, update }
}
