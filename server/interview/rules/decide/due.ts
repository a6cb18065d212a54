import { endOf } from '#contract/interview/clock.ts'
import { stamped } from '../decision.ts'
import { evolveAll } from '../evolve/evolve.ts'
import type { RoomChange, RoomEvent } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { leaving } from './questions.ts'

/**
 * What is due by the clock but not stored yet: an announced question is asked; on own time a question ends
 * with its clock, and everything ends at the deadline. Every
 * decision and every view takes these events into account first, so it makes no difference when they are stored.
 */
export function dueEvents(state: RoomState, now: number): RoomEvent[] {
  const first = nextDue(state, now)
  if (first.length === 0) return []
  return [...first, ...dueEvents(evolveAll(state, first), now)]
}

function announced(state: RoomState, due: number): RoomEvent[] {
  if (state.coming === null) return []
  const { question } = state.coming
  return stamped(
    [...leaving(state, 'next'), { type: 'question-asked', question }],
    Math.max(due, state.at),
    null,
  )
}

/** The state, including what is due by `now`. */
export function settled(state: RoomState, now: number): RoomState {
  return evolveAll(state, dueEvents(state, now))
}

/** When the next event will be due by time alone, or null. A server can wake up then and notify those who watch. */
export function nextDueAt(state: RoomState): number | null {
  if (state.phase === 'ended') return null
  if (state.deadline === null) return state.coming?.due ?? null
  const { startBy, endBy } = state.deadline
  if (state.phase === 'open') return startBy
  const clock = state.present === null ? undefined : state.questions[state.present]?.clock
  const end = clock === undefined ? null : endOf(clock)
  return Math.min(endBy, end ?? endBy)
}

function nextDue(state: RoomState, now: number): RoomEvent[] {
  const at = nextDueAt(state)
  if (at === null || now < at) return []
  if (state.deadline === null) return announced(state, at)
  // A deadline that had passed when the room opened must not turn time back.
  const time = Math.max(at, state.at)
  const changes: RoomChange[] = []
  if (state.present !== null) changes.push({ type: 'question-left', question: state.present, why: 'time' })
  const wasLast = state.present === state.plan.questions.at(-1)?.key
  if (state.phase === 'open' || at >= state.deadline.endBy)
    changes.push({ type: 'room-ended', why: 'deadline' })
  else if (wasLast) changes.push({ type: 'room-ended', why: 'done' })
  return stamped(changes, time, null)
}
