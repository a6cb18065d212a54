import type { CandidateCommand, HostCommand } from '#contract/interview/commands.ts'
import type { NotesSubject, Recommendation } from '#contract/interview/recommendation.ts'
import type { Interviewer } from '#contract/interview/interview.ts'
import type { Signal } from '#contract/interview/signal.ts'
import { decideCandidate, decideHost } from '../decide/decide.ts'
import { decideConnected, decideDisconnected, decideDue, decideLost } from '../decide/connections.ts'
import type { Decision } from '../decision.ts'
import { foldRoom } from '../evolve/evolve.ts'
import { RoomEvent } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { IDA, JON, MINUTE, newId, openTestRoom, START, type TestRoom } from './room.ts'
import { openTab, type Tab } from './tab.ts'

type Who = 'ida' | 'jon'

/** One thing that a person does, or that happens. */
export type Action =
  | { do: 'type'; tab: 0 | 1; letters: string; at: number }
  | { do: 'erase'; tab: 0 | 1; at: number; length: number }
  | { do: 'offline' | 'online'; tab: 0 | 1 }
  | { do: 'go-to' | 'announce'; who: Who; question: string }
  | { do: 'withdraw' | 'take-lead'; who: Who }
  | { do: 'pause' | 'resume' | 'add-time' | 'reveal' | 'mark' | 'hand-in' | 'take-back' | 'end'; who: Who }
  | { do: 'score'; who: Who; question: string; score: number }
  | { do: 'tick'; who: Who; question: string; keyPoint: number; ticked: boolean }
  | { do: 'flag'; who: Who; question: string; redFlag: number; raised: boolean }
  | { do: 'not-assessed'; who: Who; question: string; notAssessed: boolean }
  | { do: 'note'; who: Who; question: NotesSubject }
  | { do: 'recommend'; who: Who; recommendation: Recommendation | null }
  | { do: 'connect'; who: Who | 'candidate'; connection: number }
  | { do: 'disconnect'; connection: number }
  | { do: 'instance-lost' | 'request' | 'repeat' | 'restart' }
  | { do: 'wait'; milliseconds: number }
  /** The candidate of a room on own time. */
  | { do: 'begin' }
  | { do: 'leave' | 'next'; question: string }
  | { do: 'signal'; question: string; signal: Signal | null }
  /** Minutes from now. */
  | { do: 'set-deadline'; who: Who; startBy: number; endBy: number }
  | { do: 'set-extra-time'; who: Who; percent: number }

/** What happens in a room, led by an interviewer or on the candidate's own time. */
export interface Course {
  alone: boolean
  actions: readonly Action[]
}

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

const PEOPLE: Record<Who, Interviewer> = { ida: IDA, jon: JON }
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
        return host(action.who, commandOf(action))
    }
  }
}

type HostAction = Extract<Action, { who: Who }>

function commandOf(
  action: Exclude<HostAction, { do: 'connect' | 'set-deadline' | 'set-extra-time' }>,
): HostCommand {
  const id = newId()
  const present = 'q1'
  switch (action.do) {
    case 'go-to':
    case 'announce':
      return { id, type: action.do, question: action.question }
    case 'score':
      return { id, type: 'score', question: action.question, score: action.score }
    case 'tick':
      return { id, type: 'tick', question: action.question, keyPoint: action.keyPoint, ticked: action.ticked }
    case 'flag':
      return { id, type: 'flag', question: action.question, redFlag: action.redFlag, raised: action.raised }
    case 'not-assessed': {
      const { question, notAssessed } = action
      return { id, type: 'mark-not-assessed', question, notAssessed }
    }
    case 'recommend':
      return { id, type: 'recommend', recommendation: action.recommendation }
    case 'note':
      return {
        id,
        type: 'write-notes',
        question: action.question,
        update: openTab().type(`note-of-${action.who}`),
      }
    case 'mark':
      return { id, type: 'mark', moment: newId(), label: `moment-of-${action.who}` }
    case 'add-time':
      return { id, type: 'add-time', milliseconds: 60_000 }
    case 'reveal':
      return { id, type: 'reveal', question: present }
    default:
      return { id, type: action.do }
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
