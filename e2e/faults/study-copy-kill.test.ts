import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { StudyEvent } from '#contract/study/event.ts'
import { CopyClient, gradeOf, removalOf } from '../../server/study/testing/copy-client.ts'
import { hasPostgres } from '../../server/storage/testing/make-database.ts'
import { guarantee, long, type Attempt } from '../support/guarantees.ts'
import { testApp, testInstances } from '../support/test-app.ts'
import { temporaryFolder } from './folder.ts'

const KILLS = long(2, 40)
/** Each kill happens after a different number of acknowledged batches. */
const MIN_BATCHES = 10
const MAX_BATCHES = 60
const COPIES = 2
const DEVICES_OF_A_COPY = 3

/** What serves the copies. */
interface Servers {
  /** Where the next request goes; nothing may listen there. */
  origin: () => string
  kill: (time: number) => Promise<void>
  restart: (time: number) => Promise<void>
}

/** A device that adds to its copy, removes something now and then, and sends a batch again until it was acknowledged. */
class Device {
  readonly sent = new Map<string, StudyEvent>()
  readonly acknowledged = new Set<string>()
  readonly removed = new Set<string>()
  readonly copy: CopyClient
  #pending: StudyEvent[] = []

  constructor(copy: CopyClient) {
    this.copy = copy
  }

  /** @returns how many requests it took until the batch was acknowledged, or 0 if it is over before */
  async push(servers: Servers, isOver: () => boolean): Promise<number> {
    if (this.#pending.length === 0) this.#pending = this.#batch()
    for (let requests = 1; !isOver(); requests += 1) {
      const answer = await this.copy
        .at(servers.origin())
        .add(...this.#pending)
        .catch(() => undefined)
      if (answer?.status === 200) {
        for (const event of this.#pending) this.#note(event)
        this.#pending = []
        return requests
      }
      if (answer !== undefined && answer.status < 500) throw new Error(`${answer.status} ${answer.text}`)
      await sleep(10)
    }
    return 0
  }

  #batch(): StudyEvent[] {
    const grades = Array.from({ length: 1 + Math.floor(Math.random() * 4) }, () => gradeOf())
    const own = [...this.acknowledged].find((id) => this.sent.get(id)?.kind === 'review')
    const batch = own !== undefined && Math.random() < 0.2 ? [...grades, removalOf(own)] : grades
    for (const event of batch) this.sent.set(event.id, event)
    return batch
  }

  #note(event: StudyEvent): void {
    this.acknowledged.add(event.id)
    if (event.kind !== 'removed') return
    this.acknowledged.delete(event.event)
    this.removed.add(event.event)
  }
}

/** Another device, which reads what is new and never from the beginning again. */
class Reader {
  readonly ids: string[] = []
  #cursor: unknown

  async read(copy: CopyClient): Promise<void> {
    for (let hasMore = true; hasMore;) {
      const { json } = await copy.read(this.#cursor)
      expect(json.restarted).toBe(false)
      this.ids.push(...(json.events as StudyEvent[]).map(({ id }) => id))
      this.#cursor = json.cursor
      hasMore = json.hasMore === true
    }
  }
}

async function killWhilePushing(row: Attempt, servers: Servers): Promise<void> {
  const copies = Array.from({ length: COPIES }, () => new CopyClient(servers.origin()))
  for (const copy of copies) expect((await copy.make()).status).toBe(201)
  const devices = copies.flatMap((copy) => Array.from({ length: DEVICES_OF_A_COPY }, () => new Device(copy)))
  const readers = copies.map(() => new Reader())
  let batches = 0
  let repeated = 0
  for (let kill = 1; kill <= KILLS; kill += 1) {
    let isOver = false
    const pushing = devices.map(async (device) => {
      while (!isOver) {
        const requests = await device.push(servers, () => isOver)
        if (requests > 0) batches += 1
        if (requests > 1) repeated += 1
      }
    })
    const goal = batches + MIN_BATCHES + Math.floor(Math.random() * (MAX_BATCHES - MIN_BATCHES))
    try {
      await expect.poll(() => batches, { interval: 1 }).toBeGreaterThanOrEqual(goal)
      await servers.kill(kill)
      await servers.restart(kill)
      await expect.poll(() => batches, { interval: 1 }).toBeGreaterThanOrEqual(goal + MIN_BATCHES)
    } finally {
      isOver = true
      await Promise.all(pushing)
    }
    for (const [index, copy] of copies.entries()) {
      const here = copy.at(servers.origin())
      await check(
        here,
        devices.filter((device) => device.copy === copy),
        readers[index]!,
      )
    }
    row.tried = `${kill} times SIGKILL while ${devices.length} devices sent ${batches} batches, ${repeated} of them more than once`
    const count = devices.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0)
    row.figure = `0 lost and 0 doubled of ${count} events, and none came back that was removed`
  }
}

async function check(copy: CopyClient, devices: readonly Device[], reader: Reader): Promise<void> {
  const stored = await copy.all()
  const ids = stored.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  const sent = new Map(devices.flatMap((device) => [...device.sent]))
  for (const event of stored) expect(event).toEqual(sent.get(event.id))
  const here = new Set(ids)
  for (const { acknowledged, removed } of devices) {
    expect([...acknowledged].filter((id) => !here.has(id))).toEqual([])
    expect([...removed].filter((id) => here.has(id))).toEqual([])
  }
  await reader.read(copy)
  expect(new Set(reader.ids).size).toBe(reader.ids.length)
  expect(ids.filter((id) => !reader.ids.includes(id))).toEqual([])
}

guarantee(
  'What a study copy acknowledged survives kill -9, in files: once, and nothing that was removed',
  async (row) => {
    const dataDir = await temporaryFolder()
    const env = { RATE_LIMIT: '0' }
    let app = await testApp({ dataDir, env })
    await killWhilePushing(row, {
      origin: () => app.origin,
      kill: () => app.kill(),
      restart: async () => void (app = await testApp({ dataDir, env })),
    })
  },
  KILLS * 60_000,
)

guarantee(
  'The same for study copies in PostgreSQL, while its connections are killed, too',
  async (row) => {
    if (!(await hasPostgres('killed instances with study copies'))) {
      row.leftOut = 'no PostgreSQL here'
      return
    }
    const instances = await testInstances()
    await killWhilePushing(row, {
      origin: () => instances.origin,
      kill: async (time) => {
        await instances.killConnections()
        await instances.kill(time % 2)
      },
      restart: (time) => instances.restart(time % 2),
    })
  },
  KILLS * 60_000,
)
