import { z } from 'zod'
import { Uuid } from '#contract/interview/identity.ts'
import { QuestionKey, type Plan } from '#contract/interview/plan.ts'
import { StorageUnavailable } from '../storage/errors.ts'
import type { EventLog, Json } from '../storage/event-log.ts'
import { readEvent } from '../storage/read-event.ts'
import { planOfRoom } from './rules/interview/draw-questions.ts'
import { InterviewEvent } from './rules/interview/interview-events.ts'
import { RoomEvent } from './rules/room-events.ts'

const opened = { type: z.literal('room-opened'), interview: Uuid }
const Opened = z.union([
  z.looseObject({ v: z.literal(2), ...opened }),
  z.looseObject({ v: z.literal(3), ...opened, questions: z.array(QuestionKey) }),
])

/** Whether this version can read an event as it is stored. */
export function isKnownRoomEvent(stored: unknown): boolean {
  return Opened.safeParse(stored).success || RoomEvent.safeParse(stored).success
}

/** Plans kept in memory: those of interviews in progress. */
const MAX_PLANS = 100

/**
 * How a room's events are stored: as they are, except for the first one. Its second version leaves out the plan, which is up to 200 KB and
 * is already in the interview's own stream; the third one names those questions of it that were drawn for the room. A room of the first version
 * has a plan of its own.
 */
export class StoredRoomEvents {
  readonly #events: EventLog
  /** By interview, least recently used first. */
  readonly #plans = new Map<string, Promise<Plan>>()

  constructor(events: EventLog) {
    this.#events = events
  }

  toStored(event: RoomEvent): Json {
    if (event.type !== 'room-opened') return event as unknown as Json
    const { plan: _, ...opened } = event
    return { ...opened, v: opened.questions === undefined ? 2 : 3 } as unknown as Json
  }

  /** @throws {StorageUnavailable} when a newer version wrote it, or the interview is missing */
  async fromStored(stored: Json): Promise<RoomEvent> {
    const opened = Opened.safeParse(stored)
    if (!opened.success) return readEvent(RoomEvent, stored)
    const questions = opened.data.v === 3 ? opened.data.questions : undefined
    // One plan for all rooms, not a copy for each.
    const plan = planOfRoom(await this.#planOf(opened.data.interview), questions)
    return { ...readEvent(RoomEvent, { ...opened.data, v: 1, plan }), plan } as RoomEvent
  }

  #planOf(interview: string): Promise<Plan> {
    const plan = this.#plans.get(interview) ?? this.#readPlan(interview)
    this.#plans.delete(interview)
    this.#plans.set(interview, plan)
    plan.catch(() => this.#plans.delete(interview))
    const [oldest] = this.#plans.keys()
    if (this.#plans.size > MAX_PLANS && oldest !== undefined) this.#plans.delete(oldest)
    return plan
  }

  async #readPlan(interview: string): Promise<Plan> {
    const [first] = await this.#events.read(`interview-${interview}`, 0)
    const created = first && readEvent(InterviewEvent, first.data)
    if (created?.type === 'interview-created') return created.plan
    throw new StorageUnavailable(`interview-${interview}: the interview of a room is missing`)
  }
}
