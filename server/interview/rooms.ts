import type { CandidateCommand, HostCommand } from '#contract/interview/commands.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import type { Judgement } from '#contract/interview/task.ts'
import type { EventLog } from '../storage/event-log.ts'
import type { Instances } from '../storage/storage.ts'
import { Ledgers } from './ledgers.ts'
import type { Ledger } from './ledger.ts'
import { RoomTime } from './room-time.ts'
import { decideCandidate, decideHost } from './rules/decide/decide.ts'
import { nextDueAt } from './rules/decide/due.ts'
import { decideJoin } from './rules/decide/joining.ts'
import { decideConnected, decideDisconnected, decideDue, decideLost } from './rules/decide/connections.ts'
import { decideRequest, type SentRequest } from './rules/decide/requests.ts'
import { refuse, type Decision, type Refusal } from './rules/decision.ts'
import { evolve, foldRoom } from './rules/evolve/evolve.ts'
import type { RoomEvent } from './rules/room-events.ts'
import type { RoomState } from './rules/room-state.ts'
import type { ViewContext } from './rules/views/presence-view.ts'
import { StoredRoomEvents } from './stored-room-event.ts'

export type RoomLedger = Ledger<RoomEvent, RoomState>

/** How often rooms are checked for events that are due by time alone, and for connections to lost instances. */
const CHECK_INTERVAL_MS = 1_000

const NO_ROOM: Refusal = refuse('unknown', 'There is no such room, or it was deleted.')

function fold(state: RoomState | null, event: RoomEvent): RoomState {
  const after = state === null ? foldRoom([event]) : evolve(state, event)
  if (after === null) throw new Error('a room can not be folded from nothing')
  return after
}

/** The rooms as events of a log. Everything that happens in one goes through here, and the rules decide it. */
export class Rooms {
  readonly #ledgers: Ledgers<RoomEvent, RoomState>
  readonly #events: EventLog
  readonly #stored: StoredRoomEvents
  readonly #instances: Instances
  readonly #now: () => number
  readonly #time: RoomTime
  readonly #timer: NodeJS.Timeout
  #alive: ReadonlySet<string>
  #checking: Promise<void> | undefined

  constructor(events: EventLog, instances: Instances, now: () => number = Date.now) {
    this.#events = events
    this.#stored = new StoredRoomEvents(events)
    this.#ledgers = new Ledgers(events, 'room-', {
      fromStored: (event) => this.#stored.fromStored(event),
      toStored: (event) => this.#stored.toStored(event),
      fold,
    })
    this.#instances = instances
    this.#now = now
    this.#time = new RoomTime(now)
    this.#alive = new Set([instances.me])
    this.#timer = setInterval(() => this.#check(), CHECK_INTERVAL_MS).unref()
  }

  /** What a view depends on besides the state. @param room whose time it is; by default that of any room */
  seen(room?: RoomLedger): ViewContext {
    return { now: room === undefined ? this.#now() : this.#time.of(room), living: this.#alive }
  }

  /** @returns null when there is no such room */
  get(room: string): Promise<RoomLedger | null> {
    return this.#ledgers.get(room)
  }

  /** Opens a room unless it is already open. */
  open(room: string, events: readonly RoomEvent[]): Promise<RoomLedger> {
    return this.#ledgers.create(room, events)
  }

  /** Everything that has happened in a room. */
  async eventsOf({ stream }: RoomLedger): Promise<RoomEvent[]> {
    const stored = await this.#events.read(stream, 0)
    return Promise.all(stored.map(({ data }) => this.#stored.fromStored(data)))
  }

  host(room: RoomLedger, who: Interviewer, command: HostCommand): Promise<Refusal | null> {
    return this.#append(room, (state) => decideHost(state, who, command, this.#time.of(room)))
  }

  candidate(room: RoomLedger, command: CandidateCommand): Promise<Refusal | null> {
    return this.#append(room, (state) => decideCandidate(state, command, this.#time.of(room)))
  }

  join(room: RoomLedger, join: { id: string; name: string; keyHash: string }): Promise<Refusal | null> {
    return this.#append(room, (state) => decideJoin(state, join, this.#time.of(room)))
  }

  request(room: RoomLedger, sent: SentRequest, judgement: Judgement | null): Promise<Refusal | null> {
    return this.#append(room, (state) => decideRequest(state, sent, this.#time.of(room), judgement))
  }

  /** Records that someone has connected to this instance. @param who null for the candidate */
  async connected(room: RoomLedger, who: Interviewer | null, connection: string): Promise<void> {
    const { me } = this.#instances
    await this.#append(room, (state) =>
      decideConnected(state, { who, connection, instance: me }, this.#alive, this.#time.of(room)),
    )
  }

  async disconnected(room: RoomLedger, connection: string): Promise<void> {
    await this.#append(room, (state) => decideDisconnected(state, connection, this.#time.of(room)))
  }

  remove(room: string): Promise<void> {
    return this.#ledgers.remove(room)
  }

  ids(): Promise<string[]> {
    return this.#ledgers.ids()
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.#checking
    this.#ledgers.close()
  }

  async #append(room: RoomLedger, decide: (state: RoomState) => Decision): Promise<Refusal | null> {
    const refusal = await room.append((state) => (state === null ? NO_ROOM : decide(state)))
    // If this event is ahead of the clock, the room's time continues from here.
    this.#time.of(room)
    return refusal
  }

  #check(): void {
    // What fails now is tried again in a second; requests for a room meanwhile report the error.
    this.#checking ??= this.#checkAll()
      .catch(() => undefined)
      .finally(() => (this.#checking = undefined))
  }

  async #checkAll(): Promise<void> {
    this.#alive = await this.#instances.alive()
    for (const room of this.#ledgers.loaded()) {
      const { state } = room
      if (state === null) continue
      const now = this.#time.of(room)
      const due = nextDueAt(state)
      if (due !== null && due <= now) await this.#append(room, (newest) => decideDue(newest, now))
      const lost = Object.values(state.connections).some(({ instance }) => !this.#alive.has(instance))
      if (lost) await this.#append(room, (newest) => decideLost(newest, this.#alive, now))
    }
  }
}
