import { newClock } from '#contract/interview/clock.ts'
import { allottedMs } from '#contract/interview/extra-time.ts'
import { NOTHING_SHARED } from '#contract/interview/sharing.ts'
import { evolveArrangements } from './arrangements.ts'
import { evolveBugs } from './bugs.ts'
import { evolveCards } from './cards.ts'
import { evolveConnections } from './absences.ts'
import { evolveQuestions } from './questions.ts'
import { evolveRequests } from './requests.ts'
import { evolveSeat } from './seat.ts'
import { evolveTexts } from './texts.ts'
import type { RoomEvent, RoomEventOf } from '../room-events.ts'
import type { QuestionState, RoomState } from '../room-state.ts'
import { EMPTY_DOCUMENT } from '../text-document.ts'

/** How many command ids are remembered: far more than are ever in flight at once. */
const MAX_REMEMBERED_COMMANDS = 2_000

/** The events that the candidate may know about. All others change nothing that they see, not even their count of events. */
const candidateMayKnow: Record<RoomEvent['type'], boolean> = {
  'room-opened': true,
  'candidate-joined': true,
  'deadline-moved': true,
  'extra-time-set': true,
  'candidate-signaled': true,
  'seat-freed': false,
  'interviewer-joined': true,
  'question-asked': true,
  'question-announced': true,
  'announcement-withdrawn': true,
  'lead-taken': false,
  'question-left': true,
  'clock-paused': true,
  'clock-resumed': true,
  'time-added': true,
  'follow-up-opened': true,
  'answer-revealed': true,
  'room-ended': true,
  'answer-written': true,
  'expectation-given': true,
  'file-edited': true,
  'run-reported': true,
  'run-kept': false,
  'request-recorded': false,
  'key-point-ticked': false,
  'red-flag-raised': false,
  scored: false,
  'quote-bound': false,
  'quote-removed': false,
  'marked-not-assessed': false,
  'notes-written': false,
  recommended: false,
  'moment-marked': false,
  'moment-removed': false,
  'handed-in': false,
  'taken-back': false,
  shared: true,
  connected: true,
  disconnected: true,
}

export function isForCandidate(event: RoomEvent): boolean {
  return candidateMayKnow[event.type] || (event.type === 'request-recorded' && event.isTold === true)
}

/** The state after one more event. The old state is not changed. */
export function evolve(state: RoomState, event: RoomEvent): RoomState {
  const counted: RoomState = {
    ...state,
    number: state.number + 1,
    candidateNumber: state.candidateNumber + (isForCandidate(event) ? 1 : 0),
    at: event.at,
    handled: remember(state.handled, event),
  }
  return change(counted, event)
}

function change(state: RoomState, event: RoomEvent): RoomState {
  switch (event.type) {
    case 'room-opened':
      return state
    case 'candidate-joined':
    case 'seat-freed':
    case 'interviewer-joined':
      return evolveSeat(state, event)
    case 'deadline-moved':
    case 'extra-time-set':
    case 'candidate-signaled':
      return evolveArrangements(state, event)
    case 'question-asked':
    case 'question-announced':
    case 'announcement-withdrawn':
    case 'question-left':
    case 'clock-paused':
    case 'clock-resumed':
    case 'time-added':
    case 'follow-up-opened':
    case 'answer-revealed':
    case 'room-ended':
      return evolveQuestions(state, event)
    case 'answer-written':
    case 'notes-written':
      return evolveTexts(state, event)
    case 'lead-taken':
      return { ...state, leader: event.interviewer }
    case 'file-edited':
    case 'run-reported':
    case 'run-kept':
      return evolveBugs(state, event)
    case 'expectation-given':
    case 'request-recorded':
      return evolveRequests(state, event)
    case 'key-point-ticked':
    case 'red-flag-raised':
    case 'scored':
    case 'quote-bound':
    case 'quote-removed':
    case 'marked-not-assessed':
    case 'recommended':
    case 'moment-marked':
    case 'moment-removed':
    case 'handed-in':
    case 'taken-back':
    case 'shared':
      return evolveCards(state, event)
    case 'connected':
    case 'disconnected':
      return evolveConnections(state, event)
  }
}

/** Folds events onto a state. */
export function evolveAll(state: RoomState, events: readonly RoomEvent[]): RoomState {
  return events.reduce(evolve, state)
}

/**
 * The state of a room from all its events.
 * @returns null when there are none
 * @throws RangeError when the first one doesn't open a room: it is another kind of stream, or damaged
 */
export function foldRoom(events: readonly RoomEvent[]): RoomState | null {
  const [first, ...rest] = events
  if (first === undefined) return null
  if (first.type !== 'room-opened')
    throw new RangeError(`a room begins with room-opened, not with ${first.type}`)
  return evolveAll(opened(first), rest)
}

function opened(event: RoomEventOf<'room-opened'>): RoomState {
  const { room, interview, plan, label, mode, deadline, code, sandbox, keptUntil, extraTime } = event
  const waiting = (minutes: number): QuestionState => ({
    ...{
      askedAt: null,
      leftAt: null,
      leftBy: null,
      clock: newClock(allottedMs(minutes, extraTime)),
      clockChanges: [],
      followUps: [],
      revealedAt: null,
    },
    ...{ answer: EMPTY_DOCUMENT, late: EMPTY_DOCUMENT, lateAt: null, expectation: null },
    ...{ files: {}, filesLateAt: null, runs: [], ownRuns: [] },
  })
  return {
    ...{ number: 1, candidateNumber: 1, at: event.at },
    ...{ room, interview, plan, label, mode, deadline, code, sandbox, keptUntil, extraTime },
    ...{ candidate: null, seatFree: true },
    ...{ phase: 'open', startedAt: null, endedAt: null, present: null, lastLeft: null },
    ...{ coming: null, signal: null, signals: 0, leader: null },
    questions: Object.fromEntries(plan.questions.map(({ key, minutes }) => [key, waiting(minutes)])),
    ...{ cards: {}, parts: NOTHING_SHARED, requests: [], judged: [] },
    ...{ connections: {}, absences: [], presenceEvents: 0 },
    ...{ textBytes: 0, handled: new Set(event.command === null ? [] : [event.command]) },
  }
}

/** They recognise repeated updates by themselves. */
const TEXTS: readonly RoomEvent['type'][] = ['answer-written', 'notes-written', 'file-edited']

function remember(handled: ReadonlySet<string>, event: RoomEvent): ReadonlySet<string> {
  if (TEXTS.includes(event.type) || event.command === null || handled.has(event.command)) return handled
  const ids = [...handled, event.command]
  return new Set(ids.slice(-MAX_REMEMBERED_COMMANDS))
}
