import type { ClockChange } from '#contract/interview/answer-time.ts'
import { started, stopped } from '#contract/interview/clock.ts'
import { continued } from './bugs.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { QuestionState, RoomState } from '../room-state.ts'
import { EMPTY_DOCUMENT, wholeOf } from '../text-document.ts'

type QuestionEvent = RoomEventOf<
  | 'question-asked'
  | 'question-announced'
  | 'announcement-withdrawn'
  | 'question-left'
  | 'clock-paused'
  | 'clock-resumed'
  | 'time-added'
  | 'follow-up-opened'
  | 'answer-revealed'
  | 'room-ended'
>

/** What is asked, how long it takes, and what is shown to the candidate. */
export function evolveQuestions(state: RoomState, event: QuestionEvent): RoomState {
  if (event.type === 'room-ended')
    return { ...state, phase: 'ended', endedAt: event.at, coming: null, signal: null }
  if (event.type === 'announcement-withdrawn') return { ...state, coming: null }
  if (event.type === 'question-announced') {
    return { ...state, coming: { question: event.question, due: event.due } }
  }
  const before = state.questions[event.question]
  if (before === undefined) return state
  const changed = { ...question(before, event), clockChanges: clockChanges(before, event) }
  const after = { ...state, questions: { ...state.questions, [event.question]: changed } }
  if (event.type === 'question-asked') {
    const startedAt = state.startedAt ?? event.at
    return { ...after, present: event.question, coming: null, signal: null, phase: 'running', startedAt }
  }
  if (event.type === 'question-left')
    return { ...after, present: null, coming: null, signal: null, lastLeft: event.question }
  if (event.type === 'time-added' && state.signal?.kind === 'more-time') return { ...after, signal: null }
  return after
}

function question(
  state: QuestionState,
  event: Exclude<QuestionEvent, { type: 'room-ended' | 'question-announced' | 'announcement-withdrawn' }>,
): QuestionState {
  const { clock } = state
  switch (event.type) {
    case 'question-asked':
      return {
        ...state,
        askedAt: state.askedAt ?? event.at,
        leftAt: null,
        clock: started(clock, event.at),
        // Asked again, it continues from everything written so far: new updates may build on late ones.
        answer: wholeOf(state),
        late: EMPTY_DOCUMENT,
        files: continued(state.files),
      }
    case 'question-left':
      return { ...state, leftAt: event.at, leftBy: event.why, clock: stopped(clock, event.at) }
    case 'clock-paused':
      return { ...state, clock: stopped(clock, event.at) }
    case 'clock-resumed':
      return { ...state, clock: started(clock, event.at) }
    case 'time-added':
      return { ...state, clock: { ...clock, allotted: clock.allotted + event.milliseconds } }
    case 'follow-up-opened':
      return { ...state, followUps: ascending([...state.followUps, event.followUp]) }
    case 'answer-revealed':
      return { ...state, revealedAt: state.revealedAt ?? event.at }
  }
}

function clockChanges({ clockChanges }: QuestionState, { type, at }: QuestionEvent): readonly ClockChange[] {
  const kind = CHANGES[type]
  return kind === undefined ? clockChanges : [...clockChanges, { at, kind }]
}

const CHANGES: Partial<Record<QuestionEvent['type'], ClockChange['kind']>> = {
  'question-asked': 'asked',
  'clock-paused': 'paused',
  'clock-resumed': 'resumed',
  'question-left': 'left',
}

/** Without duplicates, ascending. */
export function ascending(numbers: readonly number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
