import type { CandidateCommand } from '#contract/interview/commands.ts'
import { decideCandidate } from '../decide/decide.ts'
import { planned } from '../room-state.ts'
import type { Action } from './actions.ts'
import { newId, type TestRoom } from './room.ts'
import { openTab, type Tab } from './tab.ts'

/** A tab of the candidate's browser: what it shows, and what the server may not have. */
export class CandidateTab {
  readonly #texts = new Map<string, Tab>()
  readonly pending: { question: string; file: string | undefined; update: string }[] = []
  /** What is expected of tasks, and not sent yet. */
  readonly expected: Extract<CandidateCommand, { type: 'expect' }>[] = []
  /** Texts of which something was refused for good, by name. */
  readonly refused = new Set<string>()
  online = true
  /** The question that it shows: the present one as of when it was last connected. */
  shows: string | null = null

  /** The answer to a question, or a file of its bug. */
  of(question: string, file?: string): Tab {
    const name = nameOf(question, file)
    const known = this.#texts.get(name) ?? openTab()
    this.#texts.set(name, known)
    return known
  }

  /** Each text that was written in, with the names of its question and file. */
  texts(): { name: string; question: string; file: string | undefined }[] {
    return [...this.#texts.keys()].map((name) => {
      const [question = '', file] = name.split(' ')
      return { name, question, file }
    })
  }
}

function nameOf(question: string, file: string | undefined): string {
  return file === undefined ? question : `${question} ${file}`
}

export function write(
  room: TestRoom,
  tab: CandidateTab,
  action: Extract<Action, { do: 'type' | 'erase' }>,
): void {
  if (tab.shows === null) return
  const { file } = action
  if (file !== undefined && planned(room.state, tab.shows)?.bug === null) return
  const text = tab.of(tab.shows, file)
  const update =
    action.do === 'type' ? text.type(action.letters, action.at) : text.erase(action.at, action.length)
  tab.pending.push({ question: tab.shows, file, update })
  if (tab.online) send(room, tab)
}

/** Each piece is sent twice, as when the first answer got lost. */
export function send(room: TestRoom, tab: CandidateTab): void {
  for (const command of tab.expected.splice(0)) {
    for (let time = 0; time < 2; time += 1) room.take(decideCandidate(room.state, command, room.now))
  }
  for (const { question, file, update } of tab.pending.splice(0)) {
    for (let time = 0; time < 2; time += 1) {
      const command: CandidateCommand =
        file === undefined
          ? { id: newId(), type: 'write', question, update }
          : { id: newId(), type: 'edit-file', question, file, update }
      const decision = room.take(decideCandidate(room.state, command, room.now))
      if (!('events' in decision)) tab.refused.add(nameOf(question, file))
    }
  }
}

/** What a connection tells: the present question, with its whole text. */
export function catchUp(room: TestRoom, tab: CandidateTab): void {
  tab.shows = room.state.present
  if (tab.shows === null) return
  for (const event of room.events) {
    if (event.type === 'answer-written' && event.question === tab.shows) tab.of(tab.shows).take(event.update)
    if (event.type === 'file-edited' && event.question === tab.shows)
      tab.of(tab.shows, event.file).take(event.update)
  }
}
