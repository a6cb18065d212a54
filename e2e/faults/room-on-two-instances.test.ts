import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import type { CandidateMessage } from '#contract/interview/candidate-view.ts'
import type { HostMessage } from '#contract/interview/host-view.ts'
import { Report } from '#contract/interview/report.ts'
import { RoomClient, Writer, type Stream } from '../../server/interview/testing/room-client.ts'
import { hasPostgres } from '../../server/storage/testing/make-database.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { testInstances } from '../support/test-app.ts'

const KILLS = long(2, 20)
/** Commands between two kills. An interviewer may mark 200 moments of a room. */
const MARKS = 8
const WRITES = 20

guarantee(
  'A live room misses no event and doubles none while instances and database connections are killed',
  async (row) => {
    if (!(await hasPostgres('a room on two instances'))) {
      row.leftOut = 'no PostgreSQL here'
      return
    }
    const instances = await testInstances()
    const room = await new RoomClient(...instances.apps.map(({ origin }) => origin)).open()
    const here = (): RoomClient => room.at(instances.origin)
    await untilDone((id) => here().host({ id, type: 'go-to', question: 'q1' }))
    const hosts = [1, 2].map(() => new Follower<HostMessage>(() => here().hostStream()))
    const seat = new Follower<CandidateMessage>(() => here().seatStream())

    const text = new Writer()
    const labels: string[] = []
    let cuts = 0
    let done = 0
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const before = done
      /** Answered commands in this round: faults are timed by it, not by the clock. */
      const answered = (count: number): Promise<void> =>
        expect.poll(() => done, { interval: 5 }).toBeGreaterThanOrEqual(before + count)
      const faults = async (): Promise<void> => {
        await answered(4)
        await instances.killConnections()
        await answered(8)
        await instances.kill(kill % 2)
        await answered(14)
        await instances.restart(kill % 2)
        await instances.killConnections()
      }
      const mark = async (): Promise<void> => {
        for (let count = 0; count < MARKS; count += 1) {
          const label = `moment ${labels.length + 1}`
          const moment = randomUUID()
          cuts += await untilDone((id) => here().host({ id, type: 'mark', moment, label }))
          labels.push(label)
          done += 1
          await sleep(50)
        }
      }
      const write = async (): Promise<void> => {
        for (let count = 0; count < WRITES; count += 1) {
          const update = text.type(`${kill}.${count} `)
          cuts += await untilDone((id) => here().seat({ id, type: 'write', question: 'q1', update }))
          done += 1
          await sleep(20)
        }
      }
      await Promise.all([faults(), mark(), write()])
    }

    row.tried = `${KILLS} times an instance killed and ${2 * KILLS} times all connections, while ${KILLS * (MARKS + WRITES)} commands were sent, ${cuts} of them more than once, and three streams followed`
    for (const host of hosts) {
      await expect.poll(() => momentsOf(host)).toEqual(labels)
      await expect.poll(() => textOf(host)).toBe(text.value)
      expect(doubledIn(host)).toEqual([])
    }
    await expect.poll(() => answerOf(seat)).toBe(text.value)
    expect(doubledIn(seat)).toEqual([])
    const path = `/api/interviews/${room.id}/rooms/${room.room}/report`
    const report = Report.parse((await here().call(path, room.key)).json)
    expect(report.moments.map(({ label }) => label)).toEqual(labels)
    expect(report.questions[0]?.answer).toBe(text.value)
    row.figure = `0 missed, 0 doubled, in ${hosts.length} hosts' streams, the candidate's, and the report`
  },
  300_000 + KILLS * 60_000,
)

/** Sends a command with one id until it is answered with 200. @returns 1 when it took more than one request, else 0 */
async function untilDone(
  command: (id: string) => Promise<{ status: number; text: string }>,
): Promise<number> {
  const id = randomUUID()
  for (let requests = 1; ; requests += 1) {
    const answer = await command(id).catch(() => undefined)
    if (answer?.status === 200) return requests > 1 ? 1 : 0
    if (answer !== undefined && answer.status < 500) throw new Error(`${answer.status} ${answer.text}`)
    await sleep(50)
  }
}

/** One side of a room. Reopens its stream through the round robin whenever it ends, until the test is over. */
class Follower<Message> {
  readonly streams: Stream<Message>[] = []
  #over = false

  constructor(open: () => Promise<Stream<Message>>) {
    const ended = this.#follow(open)
    onTestFinished(async () => {
      this.#over = true
      this.streams.at(-1)?.close()
      await ended
    })
  }

  get messages(): Message[] {
    return this.streams.flatMap(({ messages }) => messages)
  }

  async #follow(open: () => Promise<Stream<Message>>): Promise<void> {
    while (!this.#over) {
      const stream = await open().catch(() => undefined)
      if (stream?.status === 200) {
        this.streams.push(stream)
        await stream.ended
      }
      await sleep(20)
    }
  }
}

/** Numbers of texts that arrived twice in one stream. */
function doubledIn(side: Follower<HostMessage | CandidateMessage>): number[] {
  return side.streams.flatMap(({ messages }) => {
    const numbers = messages.flatMap((message) => (message.kind === 'text' ? message.number : []))
    return numbers.filter((number, at) => numbers.indexOf(number) !== at)
  })
}

function momentsOf(host: Follower<HostMessage>): string[] {
  const views = host.messages.flatMap((message) => ('view' in message ? message.view : []))
  return views.at(-1)?.card.moments.map(({ label }) => label) ?? []
}

/** What an interviewer's browser shows after applying every text that arrived. */
function textOf(host: Follower<HostMessage>): string {
  const shown = new Writer()
  for (const message of host.messages) {
    if (message.kind === 'text') shown.take(message.update)
    if (message.kind === 'opening') {
      for (const { document, update } of message.texts) if (document.of === 'answer') shown.take(update)
    }
  }
  return shown.value
}

function answerOf(seat: Follower<CandidateMessage>): string {
  const shown = new Writer()
  for (const message of seat.messages) {
    if (message.kind === 'text') shown.take(message.update)
    if (message.kind === 'view' && message.view.question !== null) shown.take(message.view.question.answer)
  }
  return shown.value
}
