import { until } from '@vueuse/core'
import { computed, onScopeDispose, reactive, shallowRef, watch } from 'vue'
import { HostCommand } from '#contract/interview/commands.ts'
import { HostMessage, type HostDocument, type HostView } from '#contract/interview/host-view.ts'
import type { Plan } from '#contract/interview/plan.ts'
import type { NotesSubject } from '#contract/interview/recommendation.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { JudgedRequest } from '#contract/interview/task.ts'
import { newId } from '../../browser/random.ts'
import { commandRoom, streamPath, type RoomAccess } from '../api/interviews.ts'
import { withCommands } from './expected-card.ts'
import { follow, type Link } from '../sync/follow.ts'
import { Outbox } from '../sync/outbox.ts'
import { ServerTime } from '../time/time.ts'
import { notePassages } from './note-passages.ts'
import { SharedText, type Saving } from '../sync/shared-text.ts'

type WithoutId<C> = C extends unknown ? Omit<C, 'id'> : never
export type HostOrder = WithoutId<HostCommand>

/**
 * A room for one of its interviewers, kept up to date. What they do shows at once and is sent until the server has it.
 * @param about the time that their scores and ticks are about, in a replay; otherwise it is the present one
 */
export function useHostRoom(access: RoomAccess, hideNames: () => boolean, about?: () => number) {
  const confirmedView = shallowRef<HostView | null>(null)
  const plan = shallowRef<Plan | null>(null)
  const requests = shallowRef<readonly RecordedRequest[]>([])
  /** What requests came to in the tasks of their questions. */
  const judged = shallowRef<readonly JudgedRequest[]>([])
  const link = shallowRef<Link>({ state: 'connecting' })
  const gone = shallowRef(false)
  const refused = shallowRef('')
  const waiting = shallowRef<readonly HostCommand[]>([])
  /** Commands that were carried out, until a view with their effect arrives: otherwise a tick would vanish for a moment. */
  const done = shallowRef<readonly { command: HostCommand; number: number }[]>([])
  const time = new ServerTime()
  /** Current texts by name: `answer/q1`, `notes/q1`, `file/q1/main.py`; overall notes are `notes/`. */
  const texts = reactive<Record<string, string>>({})
  const savings = reactive<Record<string, Saving>>({})
  const passages = notePassages(texts, () => plan.value)
  const remote = shallowRef('')
  const documents = new Map<string, SharedText>()
  /** The latest view from the server, with this interviewer's unconfirmed commands applied. */
  const view = computed(() => {
    const confirmed = confirmedView.value
    return (
      confirmed &&
      withCommands(confirmed, [...later(confirmed).map(({ command }) => command), ...waiting.value])
    )
  })

  function later({ number }: HostView) {
    return done.value.filter((one) => one.number > number)
  }

  /** Whether the server has all notes. It takes none once the scorecard is submitted, so that has to wait for them. */
  function notesSent(): boolean {
    const ofNotes = Object.entries(savings).filter(([name]) => name.startsWith('notes/'))
    const isDone = ofNotes.every(([, { state }]) => state === 'saved' || state === 'refused')
    return confirmedView.value !== null && isDone
  }

  const outbox = new Outbox<HostCommand>({
    keptAs: `viva:host:${access.room}:commands`,
    parse: (kept) => HostCommand.safeParse(kept).data ?? null,
    send: async (command) => {
      if (command.type === 'hand-in') await until(notesSent).toBe(true)
      done.value = [...done.value, { command, number: await commandRoom(access, command) }]
    },
    refused: (_command, why) => (refused.value = why),
    waiting: () => (waiting.value = outbox.commands),
  })
  waiting.value = outbox.commands

  let stop = begin()
  watch(hideNames, () => {
    stop()
    stop = begin()
  })
  onScopeDispose(() => {
    stop()
    outbox.end()
    for (const text of documents.values()) text.end()
  })

  function begin(): () => void {
    return follow({
      ...{ path: streamPath(access, hideNames()), key: access.key },
      parse: (json) => HostMessage.parse(json),
      received: receive,
      link: (now) => {
        link.value = now
        if (now.state === 'live') outbox.hurry()
        if (now.state === 'refused') gone.value = true
      },
    })
  }

  function receive(message: HostMessage): void {
    switch (message.kind) {
      case 'opening':
        return open(message)
      case 'view':
        return show(message.view)
      case 'text':
        passages.note(message)
        return documentOf(message.document).take(message.update)
      case 'request':
        return addRequest(message)
      case 'gone':
        gone.value = true
        stop()
    }
  }

  function addRequest({ request, judgement }: Extract<HostMessage, { kind: 'request' }>): void {
    const { id } = request
    requests.value = [...requests.value.filter((one) => one.id !== id), request]
    if (judgement === null || judged.value.some((one) => one.request === id)) return
    judged.value = [...judged.value, { request: id, judgement }]
  }

  function open(opening: Extract<HostMessage, { kind: 'opening' }>): void {
    plan.value = opening.plan
    requests.value = opening.requests
    judged.value = opening.judged
    show(opening.view)
    const there = new Map(opening.texts.map(({ document, update }) => [nameOf(document), update]))
    for (const { document } of opening.texts) documentOf(document)
    for (const { key } of opening.plan.questions) documentOf({ of: 'notes', question: key })
    for (const question of ['strengths', 'concerns', null] as const) documentOf({ of: 'notes', question })
    for (const [name, text] of documents) text.adopt(there.get(name) ?? null)
  }

  function show(now: HostView): void {
    time.set(now.now)
    confirmedView.value = now
    done.value = later(now)
  }

  function documentOf(document: HostDocument): SharedText {
    const name = nameOf(document)
    const known = documents.get(name)
    if (known) return known
    const { of } = document
    const text = new SharedText({
      keptAs: of === 'notes' ? `viva:host:${access.room}:${name}` : null,
      send: async (update) => {
        if (of === 'notes')
          await commandRoom(access, { id: newId(), type: 'write-notes', question: document.question, update })
      },
      changed: (change) => {
        texts[name] = change.text
        if (change.remote) remote.value = name
      },
    })
    text.onSaving = (now) => (savings[name] = now)
    texts[name] = text.value
    savings[name] = text.saving
    documents.set(name, text)
    return text
  }

  function order(command: HostOrder): void {
    refused.value = ''
    outbox.add({ id: newId(), ...dated(command, about?.() ?? time.now()) })
  }

  /** Marks this moment on the interviewer's scorecard, unless that is submitted. */
  function mark(label = ''): void {
    if (view.value?.card.handedIn === null) order({ type: 'mark', moment: newId(), label })
  }

  function writeNotes(question: NotesSubject | null, value: string, caret: number): void {
    documentOf({ of: 'notes', question }).set(value, caret)
  }

  return {
    ...{ view, plan, requests, judged, link, gone, refused, waiting, time, texts, savings, passages },
    ...{ order, mark, writeNotes },
  }
}

/** What goes on the scorecard, with the time that it is about: this one, unless it has one. A command that waits offline keeps it. */
function dated(command: HostOrder, now: number): HostOrder {
  switch (command.type) {
    case 'tick':
    case 'flag':
    case 'score':
    case 'quote':
    case 'mark':
      return { ...command, about: command.about ?? Math.round(now) }
    default:
      return command
  }
}

export type HostRoom = ReturnType<typeof useHostRoom>

function nameOf(document: HostDocument): string {
  const { of, question } = document
  return `${of}/${question ?? ''}${document.of === 'file' ? `/${document.file}` : ''}`
}
