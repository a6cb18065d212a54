import type { CandidateCommand } from '#contract/interview/commands.ts'
import { decideCandidate } from '../decide/decide.ts'
import type { Action } from './actions.ts'
import { newId, type TestRoom } from './room.ts'
import { openTab, type Tab } from './tab.ts'

/** A tab of the candidate's browser: what it shows, and what the server may not have. */
export class CandidateTab {
  readonly #texts = new Map<string, Tab>()
  readonly pending: { question: string; update: string }[] = []
  /** What is expected of tasks, and not sent yet. */
  readonly expected: Extract<CandidateCommand, { type: 'expect' }>[] = []
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

export function write(
  room: TestRoom,
  tab: CandidateTab,
  action: Extract<Action, { do: 'type' | 'erase' }>,
): void {
  if (tab.shows === null) return
  const text = tab.of(tab.shows)
  const update =
    action.do === 'type' ? text.type(action.letters, action.at) : text.erase(action.at, action.length)
  tab.pending.push({ question: tab.shows, update })
  if (tab.online) send(room, tab)
}

/** Each piece is sent twice, as when the first answer got lost. */
export function send(room: TestRoom, tab: CandidateTab): void {
  for (const command of tab.expected.splice(0)) {
    for (let time = 0; time < 2; time += 1) room.take(decideCandidate(room.state, command, room.now))
  }
  for (const { question, update } of tab.pending.splice(0)) {
    for (let time = 0; time < 2; time += 1) {
      const command = { id: newId(), type: 'write' as const, question, update }
      const decision = room.take(decideCandidate(room.state, command, room.now))
      if (!('events' in decision)) tab.refused.add(question)
    }
  }
}

/** What a connection tells: the present question, with its whole text. */
export function catchUp(room: TestRoom, tab: CandidateTab): void {
  tab.shows = room.state.present
  if (tab.shows === null) return
  for (const event of room.events) {
    if (event.type === 'answer-written' && event.question === tab.shows) tab.of(tab.shows).take(event.update)
  }
}
