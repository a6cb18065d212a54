import { randomUUID } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { InterviewView } from '#contract/interview/interview.ts'
import { newKey, OWN_QUESTIONS, Writer } from '../../server/interview/testing/room-client.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { sendRaw } from '../support/send-raw.ts'
import { testApp } from '../support/test-app.ts'

const MB = 2 ** 20
const SANDBOXES = 30
const INTERVIEWS = 4

/** One address that does as much as it is allowed to. */
class Address {
  readonly refused: string[] = []
  readonly #origin: string
  readonly #localAddress: string

  constructor(origin: string, localAddress: string) {
    this.#origin = origin
    this.#localAddress = localAddress
  }

  async post(path: string, body: object, headers: string[] = []): Promise<{ status: number; text: string }> {
    const {
      status,
      headers: answered,
      body: text,
    } = await sendRaw(this.#origin, {
      ...{ method: 'POST', path, body: JSON.stringify(body), localAddress: this.#localAddress },
      headers: ['Content-Type', 'application/json', ...headers],
    })
    if (status === 429) {
      expect(Number(answered['retry-after'])).toBeGreaterThan(0)
      this.refused.push(path.replaceAll(/[0-9a-f-]{36}/g, ':id'))
    }
    return { status, text }
  }

  /** @returns null if it is refused */
  async interview(): Promise<{ id: string; auth: string[] } | null> {
    const [id, key] = [randomUUID(), newKey()]
    const { status } = await this.post('/api/interviews', {
      ...{ id, key, interviewer: { id: randomUUID(), name: 'Ida' } },
      plan: { title: 'Filling', questions: OWN_QUESTIONS },
    })
    return status === 201 ? { id, auth: ['Authorization', `Bearer ${key}`] } : null
  }

  async addRoom({ id, auth }: { id: string; auth: string[] }): Promise<string | null> {
    const room = randomUUID()
    const added = await this.post(
      `/api/interviews/${id}/commands`,
      { id: randomUUID(), type: 'add-room', room: { room, label: 'x', mode: 'live', deadline: null } },
      auth,
    )
    return added.status === 200 ? room : null
  }

  async get(path: string, auth: string[]): Promise<string> {
    const { body } = await sendRaw(this.#origin, {
      ...{ method: 'GET', path, localAddress: this.#localAddress },
      headers: auth,
    })
    return body
  }
}

async function bytesIn(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true })
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
  return sizes.reduce((sum, size) => sum + size, 0)
}

guarantee('One address can’t fill the disk with interviews or lock others out', async (row) => {
  const { origin, dataDir } = await testApp({
    env: {
      ...{ RATE_LIMIT: '0', SANDBOXES_PER_HOUR: String(SANDBOXES) },
      ...{ INTERVIEWS_PER_HOUR: String(INTERVIEWS), INTERVIEW_MB_PER_HOUR: '1' },
    },
  })
  const greedy = new Address(origin, '127.0.0.2')
  const tries = long(100, 1_000)

  const made = (await Promise.all(Array.from({ length: tries / 10 }, () => greedy.interview()))).flatMap(
    (one) => one ?? [],
  )
  expect(made).toHaveLength(INTERVIEWS)
  const rooms: string[] = []
  for (let index = 0; index < tries; index += 1) {
    const interview = made[index % made.length]
    const room = interview && (await greedy.addRoom(interview))
    if (room) rooms.push(room)
  }
  expect(rooms).toHaveLength(SANDBOXES)
  // The rooms have used up the sandboxes that the address may create.
  expect(
    (await greedy.post('/api/sandbox/reset', {}, ['Cookie', 'viva_sandbox=gone', 'Origin', origin])).status,
  ).toBe(429)

  const [interview] = made
  if (interview === undefined) return
  const view = InterviewView.parse(
    JSON.parse(await greedy.get(`/api/interviews/${interview.id}`, interview.auth)),
  )
  const [entry] = view.rooms
  const seatKey = newKey()
  await greedy.post('/api/join', {
    id: randomUUID(),
    code: entry?.code,
    name: 'Cleo',
    key: seatKey,
    agrees: true,
  })
  const inRoom = `/api/interviews/${interview.id}/rooms/${entry?.room}/commands`
  await greedy.post(inRoom, { id: randomUUID(), type: 'go-to', question: 'q1' }, interview.auth)
  let taken = 0
  for (let index = 0; index < tries; index += 1) {
    const update = new Writer().type('x'.repeat(19_000 - index))
    const path = `/api/rooms/${entry?.room}/commands`
    const { status } = await greedy.post(
      path,
      { id: randomUUID(), type: 'write', question: `q${1 + (index % 2)}`, update },
      ['Authorization', `Bearer ${seatKey}`],
    )
    if (status === 200) taken += 1
    if (status === 429) break
  }
  expect(taken).toBeGreaterThan(0)
  expect([...new Set(greedy.refused)].sort()).toEqual([
    ...['/api/interviews', '/api/interviews/:id/commands', '/api/rooms/:id/commands', '/api/sandbox/reset'],
  ])
  const bytes = await bytesIn(dataDir)
  expect(bytes).toBeLessThan(3 * MB)

  // Another address still has its full share.
  const other = new Address(origin, '127.0.0.3')
  const theirs = await other.interview()
  expect(theirs && (await other.addRoom(theirs))).toMatch(/^[0-9a-f-]{36}$/)
  expect(other.refused).toEqual([])
  row.tried = `${tries / 10} interviews, ${tries} rooms and texts as fast as they were taken, from one address`
  row.figure = `${INTERVIEWS} interviews and ${SANDBOXES} rooms, as the settings say, ${(bytes / MB).toFixed(1)} MB; then 429 with Retry-After; another address was not refused`
})
