import { newClock } from '#contract/interview/clock.ts'
import { allottedMs } from '#contract/interview/extra-time.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'

/** Times that an interviewer changes for this candidate, and what the candidate tells about a question. */
export function evolveArrangements(
  state: RoomState,
  event: RoomEventOf<'deadline-moved' | 'extra-time-set' | 'candidate-signaled'>,
): RoomState {
  switch (event.type) {
    case 'deadline-moved': {
      const reopened = state.phase === 'ended' ? { phase: 'open' as const, endedAt: null } : {}
      return { ...state, ...reopened, deadline: event.deadline }
    }
    case 'extra-time-set': {
      const { extraTime } = event
      const questions = Object.fromEntries(
        state.plan.questions.flatMap(({ key, minutes }) => {
          const question = state.questions[key]
          return question ? [[key, { ...question, clock: newClock(allottedMs(minutes, extraTime)) }]] : []
        }),
      )
      return { ...state, extraTime, questions }
    }
    case 'candidate-signaled': {
      const signal = event.signal && { kind: event.signal, at: event.at }
      return { ...state, signal, signals: state.signals + 1 }
    }
  }
}
