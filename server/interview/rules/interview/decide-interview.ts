import type { InterviewCommand, NewRoom } from '#contract/interview/interview.ts'
import type { Plan, QuestionKey } from '#contract/interview/plan.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { isRefusal, refuse, type Refusal } from '../decision.ts'
import type { InterviewEvent } from './interview-events.ts'
import type { InterviewState } from './interview-state.ts'

type WithoutEnvelope<E> = E extends unknown ? Omit<E, 'v' | 'at' | 'command'> : never
type Change = WithoutEnvelope<InterviewEvent>
type Verdict = Change[] | Refusal

export type InterviewDecision = { events: InterviewEvent[] } | Refusal

type OmitKey<C> = C extends { key: string } ? Omit<C, 'key'> & { keyHash: string } : C

/** A command with the key's hash instead of the key: no rule and no event ever contains a key. */
export type HashedCommand = OmitKey<InterviewCommand>

/** The first event of an interview. */
export function createInterview(
  created: {
    interview: string
    plan: Plan
    owner: { id: string; name: string; keyHash: string }
    keptUntil: number
  },
  now: number,
): InterviewEvent[] {
  return [{ v: 1, at: now, command: created.interview, type: 'interview-created', ...created }]
}

/** What chance provides for a room: a join code that no other room has, and the questions drawn for it, if any are. */
export interface Lot {
  code: string
  questions: QuestionKey[] | null
}

/**
 * The result of an interviewer's command on an interview.
 * @param me the interviewer, whose access has been checked
 * @param lot for `add-room`; null for any other command
 */
export function decideInterview(
  state: InterviewState,
  me: string,
  command: HashedCommand,
  { now, lot }: { now: number; lot: Lot | null },
): InterviewDecision {
  if (state.handled.has(command.id)) return { events: [] }
  const at = Math.max(now, state.at)
  const verdict = rule(state, me, command, { at, lot })
  if (isRefusal(verdict)) return verdict
  return { events: verdict.map((change) => ({ v: 1, at, command: command.id, ...change })) }
}

function rule(
  state: InterviewState,
  me: string,
  command: HashedCommand,
  { at, lot }: { at: number; lot: Lot | null },
): Verdict {
  switch (command.type) {
    case 'add-interviewer':
      return addInterviewer(state, { id: command.interviewer, name: command.name, keyHash: command.keyHash })
    case 'remove-interviewer':
      return removeInterviewer(state, me, command.interviewer)
    case 'add-room':
      return addRoom(state, command.room, { at, lot })
    case 'remove-room':
      return removeRoom(state, command.room)
  }
}

function addInterviewer(
  state: InterviewState,
  person: { id: string; name: string; keyHash: string },
): Verdict {
  const { interviewers } = state
  const taken = interviewers.some(({ id, keyHash }) => id === person.id || keyHash === person.keyHash)
  if (taken) return refuse('taken', 'This interviewer has already been added.')
  if (interviewers.filter(({ removed }) => !removed).length >= LIMITS.interviewers) {
    return refuse('full', `An interview can have at most ${LIMITS.interviewers} interviewers.`)
  }
  if (interviewers.length >= LIMITS.interviewersEver) {
    return refuse(
      'full',
      `This interview has already had ${LIMITS.interviewersEver} interviewers, the maximum.`,
    )
  }
  return [{ type: 'interviewer-added', person }]
}

function removeInterviewer(state: InterviewState, me: string, interviewer: string): Verdict {
  if (me !== state.owner) {
    return refuse('not-allowed', 'Only the interviewer who created the interview can remove interviewers.')
  }
  if (interviewer === state.owner) {
    return refuse('not-allowed', 'The interviewer who created the interview can’t be removed.')
  }
  const person = state.interviewers.find(({ id }) => id === interviewer)
  if (person === undefined) return refuse('unknown', 'There is no such interviewer.')
  return person.removed ? [] : [{ type: 'interviewer-removed', interviewer }]
}

function addRoom(
  state: InterviewState,
  room: NewRoom,
  { at, lot }: { at: number; lot: Lot | null },
): Verdict {
  if (lot === null) throw new RangeError('a room needs a code')
  const { deadline, mode } = room
  if (state.rooms.some((entry) => entry.room === room.room)) return []
  if (state.rooms.length >= LIMITS.rooms)
    return refuse('full', `An interview can have at most ${LIMITS.rooms} rooms.`)
  if ((mode === 'own-time') !== (deadline !== null)) {
    return refuse(
      'not-allowed',
      'A room on the candidate’s own time needs a deadline, and a live room can’t have one.',
    )
  }
  if (deadline !== null && deadline.startBy <= at)
    return refuse('too-late', 'The deadline has already passed.')
  if (deadline !== null && deadline.endBy > state.keptUntil) {
    return refuse('too-late', 'The interview will be deleted before that deadline.')
  }
  const { code, questions } = lot
  return [
    {
      type: 'room-added',
      entry: { ...room, code, addedAt: at, ...(questions === null ? {} : { questions }) },
    },
  ]
}

function removeRoom(state: InterviewState, room: string): Verdict {
  return state.rooms.some((entry) => entry.room === room) ? [{ type: 'room-removed', room }] : []
}
