import type { CandidateCommand, HostCommand } from '#contract/interview/commands.ts'
import { decideCandidate, decideHost } from '../decide/decide.ts'
import { decideConnected, decideDisconnected, decideDue, decideLost } from '../decide/connections.ts'
import type { Decision } from '../decision.ts'
import { foldRoom } from '../evolve/evolve.ts'
import { RoomEvent } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { commandOf, PEOPLE, type Action, type Course, type Who } from './actions.ts'
import { MINUTE, newId, openTestRoom, START } from './room.ts'
import { CandidateTab, catchUp, send, write } from './candidate-tab.ts'
import { judgementIn, runWith, TASK_PLAN } from './sample-plan.ts'
import { planned } from '../room-state.ts'

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
  const room = openTestRoom({ plan: TASK_PLAN, deadline: alone ? DEADLINE : null })
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
      case 'request': {
        const key = room.state.present ?? ''
        room.request('/users/', {}, planned(room.state, key)?.task ? judgementIn(key) : null)
        return
      }
      case 'expect': {
        const { tab, question, text } = action
        tabs[tab].expected.push({ id: newId(), type: 'expect', question, text })
        return tabs[tab].online ? send(room, tabs[tab]) : undefined
      }
      case 'repeat':
        last?.()
        return
      case 'restart': {
        const again = foldRoom(room.events.map((event) => RoomEvent.parse(JSON.parse(JSON.stringify(event)))))
        if (again) room.state = again
        return
      }
      case 'run': {
        const { question, failed } = action
        return candidate({ id: newId(), type: 'report-run', question, run: runWith(failed) })
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
