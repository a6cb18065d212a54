import { BurstReport } from '#contract/burst.ts'
import type { BugChoice } from '#contract/interview/bug.ts'
import type { HostMessage } from '#contract/interview/host-view.ts'
import type { PlanItem } from '#contract/interview/plan.ts'
import type { Judgement, TaskChoice } from '#contract/interview/task.ts'
import { Step } from '#contract/lesson.ts'
import type { PracticeRequest } from '#contract/practice.ts'
import { requestOf, savedFrom, type PlainRequest } from '#contract/request.ts'
import { Sandbox } from '#contract/sandbox.ts'
import { RoomClient, type Stream } from './room-client.ts'

type WithJudgement = Extract<HostMessage, { kind: 'request' }>

/** A question of one's own that carries a task of the deck. */
export function questionWith(task: TaskChoice, playground: 'requests' | 'explained' = 'requests'): PlanItem {
  const text = { title: 'A task', question: 'Bring it about, and say why it happens.' }
  return {
    ...{ from: 'own', ...text, level: 'junior', topics: [], minutes: 5, note: '', playground, task },
    ...{ answer: '', keyPoints: [], redFlags: [], followUps: [] },
  }
}

/** A question of one's own that carries a bug of the deck. */
export function bugQuestion(bug: BugChoice): PlanItem {
  const { task: _, ...question } = questionWith(bug)
  return { ...question, playground: 'closed', bug }
}

/** A room whose candidate sends requests, and what its interviewer hears of each. */
export class TaskRoom {
  readonly room: RoomClient
  readonly host: Stream<HostMessage>
  readonly #sandbox: Sandbox
  #variables: Record<string, unknown> = {}

  private constructor(room: RoomClient, host: Stream<HostMessage>, sandbox: Sandbox) {
    this.room = room
    this.host = host
    this.#sandbox = sandbox
  }

  /** Opens a room with these questions and asks the first one. */
  static async open(origin: string, questions: PlanItem[]): Promise<TaskRoom> {
    const room = await new RoomClient(origin).open(questions)
    const host = await room.hostStream()
    await room.host({ type: 'go-to', question: 'q1' })
    const seat = await room.seatStream()
    const view = await seat.until((message) => message.kind === 'view' && message.view.question !== null)
    seat.close()
    const id = view.kind === 'view' ? view.view.sandbox : ''
    const described = await fetch(`${origin}/api/sandbox`, { headers: { 'X-Sandbox': id } })
    return new TaskRoom(room, host, Sandbox.parse(await described.json()))
  }

  /** Asks a question and begins its task. */
  async begin(question: string, text: string | null = null): Promise<void> {
    await this.room.host({ type: 'go-to', question })
    const { status } = await this.room.seat({ type: 'expect', question, text })
    if (status !== 200) throw new Error(`expecting was answered with ${status}`)
    this.#variables = {}
  }

  /** Sends what a task describes. @param waitMs how long handlers of a burst wait, instead of what is written */
  async send(request: PracticeRequest, waitMs?: number): Promise<Judgement | null> {
    if (request.burst !== undefined) return this.#burst(request.path, request.burst, waitMs)
    const step = Step.parse({ id: 'request', title: 'Request', note: 'A request.', ...request })
    const sent = requestOf(step, this.#variables, await this.#tokenOf(step.as))
    const { text, judgement } = await this.sendPlain(sent)
    try {
      Object.assign(this.#variables, savedFrom(step, JSON.parse(text)))
    } catch {
      // Nothing to save.
    }
    return judgement
  }

  /** Sends a request as it is. */
  async sendPlain({
    method,
    path,
    headers,
    body,
  }: PlainRequest): Promise<{ status: number; text: string; judgement: Judgement | null }> {
    const from = this.host.messages.length
    // A header such as Host or Origin is sent as it is written, which fetch does on Node.
    const names = new Headers(headers)
    if (!names.has('X-Sandbox')) names.set('X-Sandbox', this.#sandbox.id)
    const response = await fetch(this.room.origin + path, {
      method,
      headers: names,
      body,
      redirect: 'manual',
    })
    const text = await response.text()
    if (names.get('X-Sandbox') !== this.#sandbox.id) return { status: response.status, text, judgement: null }
    return { status: response.status, text, judgement: (await this.#heard(from)).judgement }
  }

  async #burst(path: string, n: number, waitMs?: number): Promise<Judgement | null> {
    const longer = waitMs === undefined ? path : path.replace(/([?&]ms=)\d+/, `$1${waitMs}`)
    const { text, judgement } = await this.sendPlain({
      ...{ method: 'POST', path: '/api/burst', headers: [['Content-Type', 'application/json']] },
      body: JSON.stringify({ path: longer, n }),
    })
    BurstReport.parse(JSON.parse(text))
    return judgement
  }

  async #heard(from: number): Promise<WithJudgement> {
    const message = await this.host.until(({ kind }) => kind === 'request', from)
    if (message.kind !== 'request') throw new Error('not a request')
    return message
  }

  /** Logs in as the playground does for *Send as*. */
  async #tokenOf(caller: string): Promise<string | null> {
    const person = this.#sandbox.people.find(({ email }) => email.startsWith(`${caller}@`))
    if (person === undefined) return null
    const { text, judgement } = await this.sendPlain({
      ...{ method: 'POST', path: '/login' },
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['X-Viva-Caller-Login', '1'],
      ],
      body: new URLSearchParams({ username: person.email, password: person.password }).toString(),
    })
    if (judgement !== null) throw new Error('a login by itself was judged')
    return (JSON.parse(text) as { access_token?: string }).access_token ?? null
  }
}
