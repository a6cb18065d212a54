import type { InterviewView, RoomEntry } from '#contract/interview/interview.ts'
import type { Plan } from '#contract/interview/plan.ts'
import type { InterviewEvent } from './interview-events.ts'

interface InterviewerState {
  id: string
  name: string
  /** SHA-256 of the key of their link. */
  keyHash: string
  removed: boolean
}

/** Everything about an interview, folded from its events. */
export interface InterviewState {
  number: number
  at: number
  id: string
  plan: Plan
  owner: string
  /** Including those who were removed, so that their scores keep a name. */
  interviewers: readonly InterviewerState[]
  rooms: readonly RoomEntry[]
  createdAt: number
  keptUntil: number
  handled: ReadonlySet<string>
}

/** The state after one more event. */
export function evolveInterview(before: InterviewState, event: InterviewEvent): InterviewState {
  const handled = event.command === null ? before.handled : new Set([...before.handled, event.command])
  const state = { ...before, number: before.number + 1, at: event.at, handled }
  switch (event.type) {
    case 'interview-created':
      return state
    case 'interviewer-added':
      return { ...state, interviewers: [...state.interviewers, { ...event.person, removed: false }] }
    case 'interviewer-removed':
      return {
        ...state,
        interviewers: state.interviewers.map((person) =>
          person.id === event.interviewer ? { ...person, removed: true } : person,
        ),
      }
    case 'room-added':
      return { ...state, rooms: [...state.rooms, event.entry] }
    case 'room-removed':
      return { ...state, rooms: state.rooms.filter(({ room }) => room !== event.room) }
  }
}

/**
 * The state of an interview from all its events.
 * @returns null when there are none
 * @throws RangeError when the first one doesn't create an interview
 */
export function foldInterview(events: readonly InterviewEvent[]): InterviewState | null {
  const [first, ...rest] = events
  if (first === undefined) return null
  if (first.type !== 'interview-created') {
    throw new RangeError(`an interview begins with interview-created, not with ${first.type}`)
  }
  const { interview: id, plan, owner, keptUntil, at, command } = first
  const created: InterviewState = {
    ...{ number: 1, at, id, plan, owner: owner.id, rooms: [], createdAt: at, keptUntil },
    interviewers: [{ ...owner, removed: false }],
    handled: new Set(command === null ? [] : [command]),
  }
  return rest.reduce(evolveInterview, created)
}

/** The interviewer whose key it is; null for an unknown key. */
export function interviewerOf(state: InterviewState, keyHash: string): { id: string; name: string } | null {
  const person = state.interviewers.find((one) => !one.removed && one.keyHash === keyHash)
  return person === undefined ? null : { id: person.id, name: person.name }
}

/** An interview as one of its interviewers sees it; keys are not in it. */
export function interviewView(
  state: InterviewState,
  you: { id: string; name: string },
  publicUrl: string | null,
): InterviewView {
  const { id, number, plan, owner, createdAt, keptUntil } = state
  return {
    ...{ id, number, plan, owner, createdAt, keptUntil, you, publicUrl },
    interviewers: state.interviewers
      .filter(({ removed }) => !removed)
      .map((person) => ({ id: person.id, name: person.name })),
    rooms: [...state.rooms],
  }
}
