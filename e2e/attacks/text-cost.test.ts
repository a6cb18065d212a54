import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'
import * as Y from 'yjs'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import type { App } from '../support/app.ts'
import { guarantee, isLong, long } from '../support/guarantees.ts'
import { memoryOf } from '../support/process-usage.ts'
import { testApp } from '../support/test-app.ts'

const MB = 2 ** 20
/** Milliseconds per tick in /proc, on every Linux that Node runs on. */
const TICK_MS = 10

/** Milliseconds of CPU time that the app has used. */
async function cpuOf({ process: { pid } }: App): Promise<number> {
  const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /, '').split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}

/** A candidate's document whose updates are sent one by one. */
class Candidate {
  readonly doc = new Y.Doc()
  readonly text = this.doc.getText('text')
  readonly #room: RoomClient
  #updates: Uint8Array[] = []

  constructor(room: RoomClient) {
    this.#room = room
    this.doc.on('update', (update: Uint8Array) => this.#updates.push(update))
  }

  async send(): Promise<number> {
    const update = Buffer.from(Y.mergeUpdates(this.#updates.splice(0))).toString('base64')
    return (await this.#room.seat({ type: 'write', question: 'q1', update })).status
  }

  /** Continues from what the server has. */
  adopt(update: string): void {
    Y.applyUpdate(this.doc, Buffer.from(update, 'base64'))
    this.#updates = []
  }

  /** Changes single letters all over the text until the server refuses more. */
  async breakUp(): Promise<void> {
    for (let step = 1; ; step += 1) {
      for (let index = 0; index < 20; index += 1) {
        const at = ((step * 7_919 + index * 104_729) % 100_003) % this.text.length
        if (index % 2 === 0) this.text.insert(at, 'y')
        else this.text.delete(at, 1)
      }
      const status = await this.send()
      if (status === 409) return
      expect(status).toBe(200)
    }
  }
}

async function roomWithText(origin: string): Promise<{ room: RoomClient; candidate: Candidate }> {
  const room = await new RoomClient(origin).open()
  await room.host({ type: 'go-to', question: 'q1' })
  const candidate = new Candidate(room)
  candidate.text.insert(0, 'x'.repeat(4_000))
  expect(await candidate.send()).toBe(200)
  return { room, candidate }
}

/** CPU time in milliseconds and memory in bytes per letter, for this many letters typed at the end. */
async function costOfLetters(app: App, { room }: { room: RoomClient }, count: number) {
  const seat = await room.seatStream()
  const view = await seat.until((message) => message.kind === 'view' && message.view.question !== null)
  seat.close()
  const candidate = new Candidate(room)
  candidate.adopt(view.kind === 'view' ? (view.view.question?.answer ?? '') : '')
  candidate.text.insert(candidate.text.length, '.')
  expect(await candidate.send()).toBe(200)
  const [cpu, memory] = [await cpuOf(app), (await memoryOf(app)) ?? 0]
  const statuses = new Set<number>()
  for (let sent = 0; sent < count; sent += 1) {
    candidate.text.insert(candidate.text.length, 'z')
    statuses.add(await candidate.send())
  }
  expect([...statuses]).toEqual([200])
  return {
    cpu: ((await cpuOf(app)) - cpu) / count,
    memory: (((await memoryOf(app)) ?? 0) - memory) / count,
  }
}

guarantee(
  'One change to a text costs little, whatever was stored before',
  async (row) => {
    const app = await testApp({ env: { RATE_LIMIT: '0' } })
    const count = long(150, 600)
    const fresh = await roomWithText(app.origin)
    const broken = await roomWithText(app.origin)
    await broken.candidate.breakUp()
    // The letters below are typed next to each other, so they make no further pieces.
    await costOfLetters(app, fresh, 50)
    const [plain, worst] = [await costOfLetters(app, fresh, count), await costOfLetters(app, broken, count)]
    expect(worst.cpu / plain.cpu).toBeLessThan(10)
    if (isLong) expect(worst.cpu).toBeLessThan(20)
    expect(worst.memory).toBeLessThan(10 * MB)
    row.tried = `${count} letters typed to a fresh text, and to one changed at as many places as the limits allow`
    row.figure = `${plain.cpu.toFixed(1)} and ${worst.cpu.toFixed(1)} ms of CPU a letter, the request included`
  },
  long(60_000, 300_000),
)

const number = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) | 128, ...number(Math.floor(value / 128))]
const MANY = 2 ** 25 - 1

/** Updates that announce more than they contain. */
const HOSTILE: [string, number[]][] = [
  ['33 million pieces', [1, ...number(MANY), 1, 0, 0, 1]],
  ['33 million clients', [...number(MANY), 1, 1, 0, 0, 1]],
  ['33 million clients that delete', [0, ...number(MANY), 1]],
  ['33 million deleted ranges', [0, 1, 1, ...number(MANY)]],
  ['a text of 33 million letters', [1, 1, 1, 0, 4, 1, 4, ...Buffer.from('text'), ...number(MANY), 120, 0]],
  ['a number without an end', Array.from({ length: 40_000 }, () => 255)],
  [
    'as many clients as fit',
    [...number(8_000), ...Array.from({ length: 8_000 }, (_, i) => [1, ...number(i), 0, 0, 1]).flat(), 0],
  ],
  [
    'as many ranges as fit',
    [0, 1, 1, ...number(15_000), ...Array.from({ length: 15_000 }, () => [1, 1]).flat()],
  ],
  ['a piece far away', [1, 1, 1, ...number(2 ** 31), 0, 1, 0]],
  ['a piece as long as can be', [1, 1, 1, 0, 0, ...number(2 ** 52), 0]],
  ['a map', [1, 1, 1, 0, 0x28, 1, 3, ...Buffer.from('map'), 1, 107, 1, 125, 1, 0]],
]

guarantee(
  'An update that declares more than it contains is refused before memory is allocated for it',
  async (row) => {
    const app = await testApp({ env: { RATE_LIMIT: '0' } })
    const { room } = await roomWithText(app.origin)
    const write = (bytes: number[]) =>
      room.seat({ type: 'write', question: 'q1', update: Buffer.from(bytes).toString('base64') })
    for (const [, bytes] of HOSTILE) await write(bytes)
    const before = (await memoryOf(app)) ?? 0
    const times = long(5, 50)
    let most = 0
    for (let time = 0; time < times; time += 1) {
      for (const [name, bytes] of HOSTILE) {
        const { status } = await write(bytes)
        expect([name, [409, 422, 429].includes(status)]).toEqual([name, true])
        most = Math.max(most, ((await memoryOf(app)) ?? 0) - before)
      }
    }
    expect(most).toBeLessThan(64 * MB)
    row.tried = `${times} times ${HOSTILE.length} kinds of them`
    row.figure = `all refused; the process grew by ${Math.round(most / MB)} MB at most`
  },
  long(60_000, 300_000),
)
