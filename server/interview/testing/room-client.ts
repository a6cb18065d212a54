import { randomBytes, randomUUID } from 'node:crypto'
import * as Y from 'yjs'
import { CandidateMessage } from '#contract/interview/candidate-view.ts'
import type { CandidateCommand, HostCommand } from '#contract/interview/commands.ts'
import { HostMessage } from '#contract/interview/host-view.ts'
import { InterviewView, Joined, type InterviewCommand } from '#contract/interview/interview.ts'
import type { Rubric } from '#contract/interview/rubric.ts'
import type { PlanItem, Pool } from '#contract/interview/plan.ts'
import type { PlaygroundMode } from '#contract/interview/playground-mode.ts'

type WithoutId<C> = C extends unknown ? Omit<C, 'id'> & { id?: string } : never

export const newKey = (): string => randomBytes(32).toString('base64url')

/** Two questions that a test writes itself; the second one without a playground. */
export const OWN_QUESTIONS: PlanItem[] = [ownQuestion('One', 'requests'), ownQuestion('Two', 'closed')]

function ownQuestion(title: string, playground: PlaygroundMode): PlanItem {
  return {
    ...{ from: 'own', title, question: `What is ${title}?`, level: 'junior', topics: [title], minutes: 5 },
    answer: `canary-answer-${title}`,
    keyPoints: [`canary-point-${title}`, 'second point'],
    redFlags: [`canary-flag-${title}`],
    followUps: [{ question: `And after ${title}?`, answer: `canary-follow-${title}` }],
    rubric: [0, 1, 2, 3, 4].map((score) => `canary-rubric-${title}-${score}`) as Rubric,
    ...{ playground, note: `canary-note-${title}` },
  }
}

/** An interview with one room, made over HTTP, and the calls of its two sides. */
export class RoomClient {
  readonly id = randomUUID()
  readonly key = newKey()
  readonly room = randomUUID()
  readonly seatKey = newKey()
  readonly ida = { id: randomUUID(), name: 'Ida' }
  code = ''
  readonly #origins: readonly string[]
  #turn = 0

  /** @param origins one of an app, or several that are asked in turn */
  constructor(...origins: string[]) {
    this.#origins = origins
  }

  /** The same room at another address, as after a restart. */
  at(...origins: string[]): RoomClient {
    const { id, key, room, seatKey, ida, code } = this
    return Object.assign(new RoomClient(...origins), { id, key, room, seatKey, ida, code })
  }

  get origin(): string {
    this.#turn += 1
    return this.#origins[this.#turn % this.#origins.length] ?? ''
  }

  /** An answer with its JSON, if it has some. */
  async call(path: string, key: string | null, body?: unknown, method?: string) {
    const response = await fetch(this.origin + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: {
        ...(key === null ? {} : { Authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json: unknown = text === '' ? null : JSON.parse(text)
    return { status: response.status, json, text, headers: response.headers }
  }

  create(questions: PlanItem[] = OWN_QUESTIONS, set: { pools?: Pool[]; shuffle?: boolean } = {}) {
    return this.call('/api/interviews', this.key, {
      ...{ id: this.id, key: this.key, interviewer: this.ida },
      plan: { title: 'canary-title', questions, ...set },
    })
  }

  interview(command: WithoutId<InterviewCommand>, key = this.key) {
    return this.call(`/api/interviews/${this.id}/commands`, key, { id: randomUUID(), ...command })
  }

  host(command: WithoutId<HostCommand>, key = this.key) {
    const path = `/api/interviews/${this.id}/rooms/${this.room}/commands`
    return this.call(path, key, { id: randomUUID(), ...command })
  }

  seat(command: WithoutId<CandidateCommand>, key = this.seatKey) {
    return this.call(`/api/rooms/${this.room}/commands`, key, { id: randomUUID(), ...command })
  }

  join(name = 'Cleo', key = this.seatKey, id: string = randomUUID()) {
    return this.call('/api/join', null, { id, code: this.code, name, key, agrees: true })
  }

  async addRoom(deadline: { startBy: number; endBy: number } | null = null) {
    const mode = deadline === null ? ('live' as const) : ('own-time' as const)
    const added = await this.interview({
      type: 'add-room',
      room: { room: this.room, label: 'Friday', mode, deadline, extraTime: null },
    })
    const view = await this.call(`/api/interviews/${this.id}`, this.key)
    const { rooms } = InterviewView.parse(view.json)
    this.code = rooms.find(({ room }) => room === this.room)?.code ?? ''
    return added
  }

  /** Made, with its room, and joined. */
  async open(questions?: PlanItem[]): Promise<this> {
    expectStatus(await this.create(questions), 201)
    expectStatus(await this.addRoom(), 200)
    const joined = await this.join()
    expectStatus(joined, 200)
    Joined.parse(joined.json)
    return this
  }

  hostStream(key = this.key): Promise<Stream<HostMessage>> {
    const path = `/api/interviews/${this.id}/rooms/${this.room}/stream`
    return openStream(this.origin + path, key, (json) => HostMessage.parse(json))
  }

  seatStream(key = this.seatKey): Promise<Stream<CandidateMessage>> {
    return openStream(`${this.origin}/api/rooms/${this.room}/stream`, key, (json) =>
      CandidateMessage.parse(json),
    )
  }
}

function expectStatus({ status, text }: { status: number; text: string }, wanted: number): void {
  if (status !== wanted) throw new Error(`answered ${status}, not ${wanted}: ${text}`)
}

/** A text as a browser writes it: each piece as an update in base64. */
export class Writer {
  readonly doc = new Y.Doc()

  type(letters: string): string {
    const before = Y.encodeStateVector(this.doc)
    const text = this.doc.getText('text')
    text.insert(text.length, letters)
    return Buffer.from(Y.encodeStateAsUpdate(this.doc, before)).toString('base64')
  }

  take(update: string): void {
    Y.applyUpdate(this.doc, Buffer.from(update, 'base64'))
  }

  get value(): string {
    return this.doc.getText('text').toString()
  }
}

export interface Stream<Message> {
  status: number
  messages: Message[]
  ids: number[]
  /** All bytes, as text. */
  raw: () => string
  /** Resolves with the first message that fits, from that place on or the beginning; rejects when the stream ends before. */
  until: (fits: (message: Message) => boolean, from?: number) => Promise<Message>
  ended: Promise<void>
  close: () => void
}

async function openStream<Message>(
  url: string,
  key: string,
  parse: (json: unknown) => Message,
): Promise<Stream<Message>> {
  const controller = new AbortController()
  const response = await fetch(url, {
    headers: { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' },
    signal: controller.signal,
  })
  const chunks = response.body?.pipeThrough(new TextDecoderStream()) ?? []
  return followStream({ status: response.status, chunks, close: () => controller.abort() }, parse)
}

/** Reads server-sent events as they come. */
export function followStream<Message>(
  { status, chunks, close }: { status: number; chunks: AsyncIterable<string> | never[]; close: () => void },
  parse: (json: unknown) => Message,
): Stream<Message> {
  const raw: string[] = []
  let over = false
  let cause: unknown
  const messages: Message[] = []
  const ids: number[] = []
  const wakers = new Set<() => void>()
  const wake = (): void => wakers.forEach((one) => one())

  const ended = (async () => {
    let rest = ''
    for await (const chunk of chunks) {
      raw.push(chunk)
      const parts = (rest + chunk).split('\n\n')
      rest = parts.pop() ?? ''
      for (const part of parts) take(part)
      wake()
    }
  })()
    .catch((error: unknown) => void (cause = error))
    .finally(() => {
      over = true
      wake()
    })

  function take(part: string): void {
    const data = /^data: (.*)$/m.exec(part)?.[1]
    const id = /^id: (\d+)$/m.exec(part)?.[1]
    if (data === undefined) return
    if (id !== undefined) ids.push(Number(id))
    messages.push(parse(JSON.parse(data)))
  }

  async function until(fits: (message: Message) => boolean, from = 0): Promise<Message> {
    for (let seen = from; ;) {
      const found = messages.slice(seen).find(fits)
      if (found !== undefined) return found
      if (over) throw new Error(`the stream ended before that, after ${messages.length} messages`, { cause })
      seen = messages.length
      await new Promise<void>((resolve) => {
        const waker = (): void => {
          wakers.delete(waker)
          resolve()
        }
        wakers.add(waker)
      })
    }
  }

  return {
    ...{ status, messages, ids, until, ended, close },
    raw: () => raw.join(''),
  }
}

/** Where an interviewer opens the room; the key behind `#` is kept by the browser. */
export function hostPath({ id, room, key }: RoomClient, part = ''): string {
  return `/interview/${id}/${room}${part}#key=${key}`
}

/** Where the candidate opens it. */
export function seatPath({ room, seatKey }: RoomClient, part = ''): string {
  return `/room/${room}${part}#key=${seatKey}`
}
