import { expect } from 'vitest'
import type { CandidateCommand, HostCommand } from '#contract/interview/commands.ts'
import type { ExtraTime } from '#contract/interview/extra-time.ts'
import type { Deadline, Interviewer } from '#contract/interview/interview.ts'
import type { Plan } from '#contract/interview/plan.ts'
import type { Judgement } from '#contract/interview/task.ts'
import { decideCandidate, decideHost } from '../decide/decide.ts'
import { decideJoin } from '../decide/joining.ts'
import { openRoom } from '../decide/joining.ts'
import { admitRequest, decideRequest, type SentRequest } from '../decide/requests.ts'
import type { Decision } from '../decision.ts'
import { evolveAll, foldRoom } from '../evolve/evolve.ts'
import type { RoomEvent } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { TEST_PLAN } from './sample-plan.ts'

export const MINUTE = 60_000
export const START = Date.UTC(2026, 10, 25, 9)
export const IDA: Interviewer = { id: '11111111-1111-4111-8111-111111111111', name: 'Ida' }
export const JON: Interviewer = { id: '22222222-2222-4222-8222-222222222222', name: 'Jon' }

type WithoutId<C> = C extends unknown ? Omit<C, 'id'> & { id?: string } : never

/** A room with its log, driven as the server does it: decide, append, evolve. */
export interface TestRoom {
  state: RoomState
  events: RoomEvent[]
  now: number
  /** Lets time pass. */
  wait: (milliseconds: number) => void
  host: (who: Interviewer, command: WithoutId<HostCommand>) => Decision
  candidate: (command: WithoutId<CandidateCommand>) => Decision
  join: (name?: string, keyHash?: string) => Decision
  request: (path: string, more?: Partial<SentRequest>, judgement?: Judgement | null) => Decision
  /** Appends what was decided elsewhere. */
  take: (decision: Decision) => Decision
}

let ids = 0
/** A new id: a uuid that tests can repeat. */
export function newId(): string {
  ids += 1
  return `00000000-0000-4000-8000-${String(ids).padStart(12, '0')}`
}

export const KEY_HASH = 'a'.repeat(64)
export const OTHER_KEY_HASH = 'b'.repeat(64)

export function openTestRoom({
  plan = TEST_PLAN,
  deadline = null as Deadline | null,
  extraTime = null as ExtraTime | null,
} = {}): TestRoom {
  const events = openRoom(
    {
      ...{
        room: newId(),
        interview: newId(),
        plan,
        label: 'Candidate 1',
        code: 'CFH234',
        sandbox: 'room-sandbox',
      },
      ...{
        mode: deadline === null ? 'live' : 'own-time',
        deadline,
        extraTime,
        keptUntil: START + 90 * 24 * 60 * MINUTE,
      },
    },
    newId(),
    START,
  )
  const state = foldRoom(events)
  if (state === null) throw new Error('no room')
  const room: TestRoom = {
    ...{ state, events, now: START },
    wait: (milliseconds) => void (room.now += milliseconds),
    host: (who, command) => room.take(decideHost(room.state, who, { id: newId(), ...command }, room.now)),
    candidate: (command) => room.take(decideCandidate(room.state, { id: newId(), ...command }, room.now)),
    join: (name = 'Cleo', keyHash = KEY_HASH) =>
      room.take(decideJoin(room.state, { id: newId(), name, keyHash }, room.now)),
    request: (path, more = {}, judgement = null) => {
      const question = more.question ?? admitRequest(room.state, room.now, 0)
      if (typeof question !== 'string') return question
      return room.take(decideRequest(room.state, { ...sent(path, question), ...more }, room.now, judgement))
    },
    take: (decision) => {
      if ('events' in decision) {
        room.events.push(...decision.events)
        room.state = evolveAll(room.state, decision.events)
      }
      return decision
    },
  }
  return room
}

/** A live room in which the candidate has joined and the first question is asked. */
export function startedRoom(plan: Plan = TEST_PLAN): TestRoom {
  const room = openTestRoom({ plan })
  done(room.join())
  done(room.host(IDA, { type: 'go-to', question: 'q1' }))
  return room
}

/** A room on own time, joined; it must be begun within an hour and ends in two. */
export function ownTimeRoom(plan: Plan = TEST_PLAN): TestRoom {
  const room = openTestRoom({ plan, deadline: { startBy: START + 60 * MINUTE, endBy: START + 120 * MINUTE } })
  done(room.join())
  return room
}

/** The types of events that came of a command; fails when it was refused. */
export function done(decision: Decision): string[] {
  if (!('events' in decision)) throw new Error(`refused: ${decision.refused}, ${decision.message}`)
  return decision.events.map(({ type }) => type)
}

/** Why a command was refused; fails when it wasn't, or when the sentence is none. */
export function refusal(decision: Decision): string {
  if ('events' in decision)
    throw new Error(`not refused: ${decision.events.map(({ type }) => type).join(', ')}`)
  expect(decision.message).toMatch(/^\S.*\.$/)
  return decision.refused
}

function sent(path: string, question: string): SentRequest {
  return {
    ...{
      id: newId(),
      question,
      method: 'GET',
      path,
      headers: [],
      body: null,
      status: 200,
      answerHeaders: [],
    },
    ...{ answer: { text: '[]', whole: true }, took: 3, trace: null },
  }
}
