import type { CreateInterview, InterviewCommand, RoomEntry } from '#contract/interview/interview.ts'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import { drawQuestions, planOfRoom } from './rules/interview/draw-questions.ts'
import { missingBugs, missingLessons, missingTasks, resolvePlan } from './rules/interview/resolve-plan.ts'
import type { EventLog, Json } from '../storage/event-log.ts'
import type { SandboxStore } from '../storage/storage.ts'
import { hashOf } from '../http/bearer-key.ts'
import type { Ledger } from './ledger.ts'
import { Ledgers } from './ledgers.ts'
import type { Lookups } from './lookups.ts'
import { readEvent } from '../storage/read-event.ts'
import { openRoom } from './rules/decide/joining.ts'
import { isRefusal, refuse, type Refusal } from './rules/decision.ts'
import {
  createInterview,
  decideInterview,
  type HashedCommand,
  type Lot,
} from './rules/interview/decide-interview.ts'
import { InterviewEvent } from './rules/interview/interview-events.ts'
import { evolveInterview, foldInterview, type InterviewState } from './rules/interview/interview-state.ts'
import type { RoomLedger, Rooms } from './rooms.ts'

export type InterviewLedger = Ledger<InterviewEvent, InterviewState>

/** The sandboxes behind candidates' playgrounds. */
export interface RoomSandboxes {
  create(): Promise<SandboxStore>
  /** @returns null when it was removed because it had not been used for a long time */
  find(id: string): Promise<SandboxStore | null>
  /** Puts a sandbox back to its seeded rows; nothing happens where it was removed. */
  restart(id: string): Promise<void>
  /** Puts a seeded sandbox where one was removed. */
  renew(id: string): Promise<void>
}

export interface InterviewsDeps {
  events: EventLog
  rooms: Rooms
  lookups: Lookups
  sandboxes: RoomSandboxes
  /** Each lesson as a question, by slug. */
  questions: ReadonlyMap<string, LessonQuestion>
  /** An interview is deleted after this time. */
  lifetimeMs: number
  now?: () => number
  /** The time that deletions go by: a wrong clock must not delete an interview. `now` by default. */
  time?: { earliest: () => number; latest: () => number }
}

const NO_INTERVIEW: Refusal = refuse('unknown', 'There is no such interview, or it was deleted.')

const folding = {
  fromStored: (stored: Json) => readEvent(InterviewEvent, stored),
  toStored: (event: InterviewEvent) => event as unknown as Json,
  fold: (state: InterviewState | null, event: InterviewEvent) => {
    const after = state === null ? foldInterview([event]) : evolveInterview(state, event)
    if (after === null) throw new Error('an interview can not be folded from nothing')
    return after
  },
}

/** The interviews as events of a log, and the rooms that they open. */
export class Interviews {
  readonly #ledgers: Ledgers<InterviewEvent, InterviewState>
  readonly #deps: InterviewsDeps & {
    now: () => number
    time: { earliest: () => number; latest: () => number }
  }

  constructor(deps: InterviewsDeps) {
    const { now = Date.now, time = { earliest: now, latest: now } } = deps
    this.#deps = { ...deps, now, time }
    this.#ledgers = new Ledgers(deps.events, 'interview-', folding)
  }

  /**
   * As this instance knows it: what another instance has just written may be missing until its hint arrives.
   * @returns null when it doesn't exist or has expired
   */
  async get(id: string): Promise<InterviewLedger | null> {
    const ledger = await this.#ledgers.get(id)
    const until = ledger?.state?.keptUntil
    return until === undefined || until <= this.#deps.time.earliest() ? null : ledger
  }

  /** The same, including everything written before on any instance, perhaps by this caller. */
  async newest(id: string): Promise<InterviewLedger | null> {
    await (await this.#ledgers.get(id))?.catchUp()
    return this.get(id)
  }

  /** Creates an interview; creating the same one again changes nothing. */
  async create({ id, plan, interviewer, key }: CreateInterview): Promise<InterviewLedger | Refusal> {
    const { questions, now, time, lifetimeMs } = this.#deps
    const missing = missingLessons(plan, questions)
    if (missing.length > 0) return refuse('unknown', `This deck has no lesson ${missing.join(', ')}.`)
    const tasks = missingTasks(plan, questions)
    if (tasks.length > 0) return refuse('unknown', `This deck has no task ${tasks.join(', ')}.`)
    const bugs = missingBugs(plan, questions)
    if (bugs.length > 0) return refuse('unknown', `This deck has no bug ${bugs.join(', ')}.`)
    const owner = { ...interviewer, keyHash: hashOf(key) }
    const created = {
      interview: id,
      plan: resolvePlan(plan, questions),
      owner,
      keptUntil: time.latest() + lifetimeMs,
    }
    const ledger = await this.#ledgers.create(id, createInterview(created, now()))
    const mine = ledger.state?.interviewers.some(({ keyHash }) => keyHash === owner.keyHash)
    return mine === true ? ledger : refuse('taken', 'Someone else created this interview.')
  }

  /** Carries out an interviewer's command. @param me the interviewer that the key belongs to */
  async command(ledger: InterviewLedger, me: string, command: InterviewCommand): Promise<Refusal | null> {
    if (command.type === 'add-room') return this.#addRoom(ledger, me, command)
    const going = command.type === 'remove-room' ? entryOf(ledger.state, command.room) : undefined
    const refusal = await this.#append(ledger, me, hashed(command), null)
    if (refusal === null && going !== undefined) await this.#removeRoom(going)
    return refusal
  }

  /**
   * The room of an interview with everything written before; it is opened if a server stopped before it could do so.
   * @returns null when the interview has no such room
   */
  async room(state: InterviewState, room: string): Promise<RoomLedger | null> {
    const entry = entryOf(state, room)
    if (entry === undefined) return null
    const opened = await this.#deps.rooms.get(room)
    if (opened === null) return this.#open(state, entry)
    await opened.catchUp()
    return opened
  }

  /** Every interview that hasn't been deleted yet. */
  async list(): Promise<InterviewState[]> {
    const ledgers = await Promise.all((await this.#ledgers.ids()).map((id) => this.#ledgers.get(id)))
    return ledgers.flatMap((ledger) => ledger?.state ?? [])
  }

  /** Deletes an interview with all its rooms. */
  async remove(ledger: InterviewLedger): Promise<void> {
    const { state } = ledger
    if (state === null) return
    for (const entry of state.rooms) await this.#removeRoom(entry)
    await this.#ledgers.remove(state.id)
  }

  /** Deletes expired interviews. */
  async sweep(): Promise<void> {
    const now = this.#deps.time.earliest()
    for (const id of await this.#ledgers.ids()) {
      const ledger = await this.#ledgers.get(id)
      if (ledger?.state && ledger.state.keptUntil <= now) await this.remove(ledger)
    }
    await this.#deps.lookups.sweep(now)
  }

  close(): void {
    this.#ledgers.close()
  }

  async #addRoom(
    ledger: InterviewLedger,
    me: string,
    command: Extract<InterviewCommand, { type: 'add-room' }>,
  ): Promise<Refusal | null> {
    const { state } = ledger
    if (state === null) return NO_INTERVIEW
    const { room } = command.room
    if (entryOf(state, room) === undefined) {
      const entry = { interview: state.id, room, until: state.keptUntil }
      const code = await this.#deps.lookups.takeCode(entry)
      const refusal = await this.#append(ledger, me, command, {
        code,
        questions: drawQuestions(state.plan, Math.random),
      })
      const used = entryOf(ledger.state, room)?.code === code
      if (!used) await this.#deps.lookups.forget({ code, sandbox: null })
      if (refusal !== null) return refusal
    }
    if (ledger.state !== null) await this.room(ledger.state, room)
    return null
  }

  #append(
    ledger: InterviewLedger,
    me: string,
    command: HashedCommand,
    lot: Lot | null,
  ): Promise<Refusal | null> {
    const now = this.#deps.now()
    return ledger.append((state) =>
      state === null ? NO_INTERVIEW : decideInterview(state, me, command, { now, lot }),
    )
  }

  async #open(state: InterviewState, entry: RoomEntry): Promise<RoomLedger> {
    const { lookups, rooms, sandboxes, now } = this.#deps
    const { room, label, mode, deadline, code, extraTime, questions } = entry
    const { id: sandbox } = await sandboxes.create()
    await lookups.bindSandbox(sandbox, { interview: state.id, room, until: state.keptUntil })
    const { id: interview, keptUntil } = state
    const plan = planOfRoom(state.plan, questions)
    const drawn = questions === undefined ? {} : { questions }
    const opening = openRoom(
      { room, interview, plan, ...drawn, label, mode, deadline, code, sandbox, keptUntil, extraTime },
      crypto.randomUUID(),
      now(),
    )
    return rooms.open(room, opening)
  }

  async #removeRoom({ room, code }: RoomEntry): Promise<void> {
    const { lookups, rooms, sandboxes } = this.#deps
    const sandbox = (await rooms.get(room))?.state?.sandbox ?? null
    // What was typed in the playground is deleted at once; the empty sandbox is deleted like any unused one. Once the room is gone the
    // playground is closed: what was written to it meanwhile goes with the second reset.
    const reset = async () => sandbox !== null && (await (await sandboxes.find(sandbox))?.reset())
    await reset()
    await rooms.remove(room)
    await reset()
    await lookups.forget({ code, sandbox })
  }
}

/** Lists what was refused. */
export function isLedger(outcome: InterviewLedger | Refusal): outcome is InterviewLedger {
  return !isRefusal(outcome)
}

function entryOf(state: InterviewState | null, room: string): RoomEntry | undefined {
  return state?.rooms.find((entry) => entry.room === room)
}

function hashed(command: InterviewCommand): HashedCommand {
  if (command.type !== 'add-interviewer') return command
  const { key, ...rest } = command
  return { ...rest, keyHash: hashOf(key) }
}
