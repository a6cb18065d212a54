import type { Replay, ReplayStep } from '#contract/interview/replay.ts'
import type { RoomEvent } from '../room-events.ts'

/**
 * The session as it happened, for an interviewer: the candidate's side, and the viewer's own marked moments.
 * @param events all events of a room, in order
 */
export function replayOf(events: readonly RoomEvent[], viewer: string): Replay {
  const candidates = new Set<string>()
  const removed = new Set(events.flatMap((event) => (event.type === 'moment-removed' ? event.moment : [])))
  const steps = events.flatMap((event): ReplayStep[] => {
    if (event.type === 'connected' && event.interviewer === null) candidates.add(event.connection)
    if (event.type === 'disconnected' && !candidates.has(event.connection)) return []
    if (event.type === 'moment-marked' && (event.interviewer !== viewer || removed.has(event.moment)))
      return []
    const step = stepOf(event)
    return step === null ? [] : [step]
  })
  // A moment that was marked while watching stands where it happened.
  return { steps: steps.toSorted((one, other) => one.at - other.at) }
}

function stepOf(event: RoomEvent): ReplayStep | null {
  const { at } = event
  switch (event.type) {
    case 'candidate-joined':
      return { at, kind: 'joined' }
    case 'question-asked':
      return { at, kind: 'asked', question: event.question }
    case 'question-left':
      return { at, kind: 'left', question: event.question }
    case 'clock-paused':
      return { at, kind: 'paused', question: event.question }
    case 'clock-resumed':
      return { at, kind: 'resumed', question: event.question }
    case 'time-added':
      return { at, kind: 'time-added', question: event.question, milliseconds: event.milliseconds }
    case 'follow-up-opened':
      return { at, kind: 'follow-up', question: event.question, followUp: event.followUp }
    case 'answer-revealed':
      return { at, kind: 'revealed', question: event.question }
    case 'answer-written':
      return { at, kind: 'text', question: event.question, update: event.update, late: event.late }
    case 'request-recorded':
      return {
        ...{ at, kind: 'request', question: event.request.question },
        ...{ request: event.request, judgement: event.judgement ?? null },
      }
    case 'file-edited': {
      const { question, file, update, late } = event
      return { at, kind: 'file', question, file, update, late }
    }
    case 'run-reported':
      return { at, kind: 'run', question: event.question, run: { run: event.run, at, late: event.late } }
    case 'run-kept': {
      const { question, run, interviewer } = event
      return { at, kind: 'own-run', question, run: { run, at, interviewer } }
    }
    case 'expectation-given':
      return {
        ...{ at, kind: 'expectation', question: event.question },
        expectation: { text: event.text, at, late: event.late },
      }
    case 'connected':
      return event.interviewer === null ? { at, kind: 'connected' } : null
    case 'disconnected':
      return { at, kind: 'disconnected' }
    case 'moment-marked':
      return { at: event.about ?? at, kind: 'moment', label: event.label }
    case 'room-ended':
      return { at, kind: 'ended' }
    default:
      return null
  }
}
