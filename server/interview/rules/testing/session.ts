import type { CandidateCommand, HostCommand } from '#contract/interview/commands.ts'
import { decideCandidate, decideHost } from '../decide/decide.ts'
import { decideConnected, decideDisconnected, decideDue, decideLost } from '../decide/connections.ts'
import type { Decision } from '../decision.ts'
import { foldRoom } from '../evolve/evolve.ts'
import { RoomEvent } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { commandOf, PEOPLE, type Action, type Course, type Who } from './actions.ts'
import { MINUTE, newId, openTestRoom, START, type TestRoom } from './room.ts'
import { openTab, type Tab } from './tab.ts'

/** A tab of the candidate's browser: what it shows, and what the server may not have. */
class CandidateTab {
  readonly #texts = new Map<string, Tab>()
  readonly pending: { question: string; update: string }[] = []
  /** Questions to which something was refused for good. */
  readonly refused = new Set<string>()
  online = true
  /** The question that it shows: the present one as of when it was last connected. */
  shows: string | null = null

  of(question: string): Tab {
    const known = this.#texts.get(question) ?? openTab()
    this.#texts.set(question, known)
    return known
  }

  questions(): string[] {
    return [...this.#texts.keys()]
  }
}

export interface Session {
  state: RoomState
  events: RoomEvent[]
  now: number
  tabs: readonly [CandidateTab, CandidateTab]
  /** Both tabs get a connection and send what waits. */
  comeBack: () => void
}

const DEADLINE = { startBy: START + 5 * MINUTE, endBy: START + 40 * MINUTE }
const connectionId = (number: number): string => `99999999-9999-4999-8999-00000000000${number}`

/**
 * Does one thing after the other in a room that the candidate has joined.
 * @param check called after each
 */
export function runSession(
  { alone, actions }: Course,
  check: (at: { state: RoomState; now: number }) => void = () => undefined,
): Session {
  const room = openTestRoom(alone ? { deadline: DEADLINE } : {})
  room.join()
  const tabs = [new CandidateTab(), new CandidateTab()] as const
  let last: (() => Decision) | null = null
  let instance = 0

  const host = (who: Who, command: HostCommand): void => {
    last = () => room.take(decideHost(room.state, PEOPLE[who], command, room.now))
    last()
  }
  const candidate = (command: CandidateCommand): void => {
    last = () => room.take(decideCandidate(room.state, command, room.now))
    last()
  }
  for (const action of actions) {
    perform(action)
    room.now += 1
    for (const tab of tabs) if (tab.online) catchUp(room, tab)
    check(room)
  }
  return {
    get state() {
      return room.state
    },
    events: room.events,
    get now() {
      return room.now
    },
    tabs,
    comeBack: () => {
      for (const tab of tabs) tab.online = true
      for (const tab of tabs) send(room, tab)
      for (const tab of tabs) catchUp(room, tab)
    },
  }

  function perform(action: Action): void {
    switch (action.do) {
      case 'type':
      case 'erase':
        return write(room, tabs[action.tab], action)
      case 'offline':
        tabs[action.tab].online = false
        return
      case 'online':
        tabs[action.tab].online = true
        return send(room, tabs[action.tab])
      case 'wait':
        room.wait(action.milliseconds)
        room.take(decideDue(room.state, room.now))
        return
      case 'connect': {
        const who = action.who === 'candidate' ? null : PEOPLE[action.who]
        const about = { who, connection: connectionId(action.connection), instance: String(instance) }
        room.take(decideConnected(room.state, about, new Set([String(instance)]), room.now))
        return
      }
      case 'disconnect':
        room.take(decideDisconnected(room.state, connectionId(action.connection), room.now))
        return
      case 'instance-lost':
        instance += 1
        room.take(decideLost(room.state, new Set([String(instance)]), room.now))
        return
      case 'request':
        room.request('/users/')
        return
      case 'repeat':
        last?.()
        return
      case 'restart': {
        const again = foldRoom(room.events.map((event) => RoomEvent.parse(JSON.parse(JSON.stringify(event)))))
        if (again) room.state = again
        return
      }
      case 'begin':
        return candidate({ id: newId(), type: 'begin' })
      case 'leave':
      case 'next':
        return candidate({ id: newId(), type: action.do, question: action.question })
      case 'signal':
        return candidate({ id: newId(), type: 'signal', question: action.question, signal: action.signal })
      case 'set-deadline': {
        const [startBy, endBy] = [action.startBy, action.endBy].map((minutes) => room.now + minutes * MINUTE)
        if (startBy === undefined || endBy === undefined || startBy > endBy) return
        return host(action.who, { id: newId(), type: 'set-deadline', deadline: { startBy, endBy } })
      }
      case 'set-extra-time': {
        const { percent } = action
        const extraTime = percent === 0 ? null : { unit: 'percent' as const, percent }
        return host(action.who, { id: newId(), type: 'set-extra-time', extraTime })
      }
      default:
        return host(action.who, commandOf(action, room))
    }
  }
}

function write(room: TestRoom, tab: CandidateTab, action: Extract<Action, { do: 'type' | 'erase' }>): void {
  if (tab.shows === null) return
  const text = tab.of(tab.shows)
  const update =
    action.do === 'type' ? text.type(action.letters, action.at) : text.erase(action.at, action.length)
  tab.pending.push({ question: tab.shows, update })
  if (tab.online) send(room, tab)
}

/** Each piece is sent twice, as when the first answer got lost. */
function send(room: TestRoom, tab: CandidateTab): void {
  for (const { question, update } of tab.pending.splice(0)) {
    for (let time = 0; time < 2; time += 1) {
      const command = { id: newId(), type: 'write' as const, question, update }
      const decision = room.take(decideCandidate(room.state, command, room.now))
      if (!('events' in decision)) tab.refused.add(question)
    }
  }
}

/** What a connection tells: the present question, with its whole text. */
function catchUp(room: TestRoom, tab: CandidateTab): void {
  tab.shows = room.state.present
  if (tab.shows === null) return
  for (const event of room.events) {
    if (event.type === 'answer-written' && event.question === tab.shows) tab.of(tab.shows).take(event.update)
  }
}
