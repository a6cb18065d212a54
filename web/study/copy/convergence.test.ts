// @vitest-environment node
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StudyEvent } from '#contract/study/event.ts'
import { newKey } from '../../browser/random.ts'
import { hasPostgres, makeDatabase } from '../../../server/storage/testing/make-database.ts'
import { serveViva, type ServedViva } from '../../../server/testing/serve-viva.ts'
import { logOf } from '../log/event.ts'
import { attemptAt, eventAt } from '../testing/generated-log.ts'
import { copyCalls, CopyTrouble } from './copy-calls.ts'
import type { CopyPlace } from './copy-place.ts'
import { exchange } from './sync.ts'

const postgres = await hasPostgres('copies that converge')
const NOW = 1_795_900_000_000

/** What the network does with a request. */
type Luck = 'fine' | 'request lost' | 'response lost' | 'twice'
const luck = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Luck>('fine') },
  { weight: 1, arbitrary: fc.constantFrom<Luck>('request lost', 'response lost', 'twice') },
)

/** What happens on a device. */
type Act =
  | { device: number; does: 'add' }
  | { device: number; does: 'remove'; which: number }
  | { device: number; does: 'exchange' }
  | { device: number; does: 'exchange together'; with: number }
  | { device: number; does: 'import'; from: number }
  | { device: number; does: 'lose its place' | 'lose its log' }

const device = fc.nat(2)
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ device, does: fc.constant('add' as const) }) },
  { weight: 3, arbitrary: fc.record({ device, does: fc.constant('remove' as const), which: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ device, does: fc.constant('exchange' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ device, does: fc.constant('exchange together' as const), with: device }),
  },
  { weight: 1, arbitrary: fc.record({ device, does: fc.constant('import' as const), from: device }) },
  {
    weight: 1,
    arbitrary: fc.record({
      device,
      does: fc.constantFrom('lose its place' as const, 'lose its log' as const),
    }),
  },
)

/** A browser with its log as the store keeps it: an event once, and nothing of what was removed. */
class Device {
  known: readonly StudyEvent[] = []
  readonly isKept = true
  place: CopyPlace
  readonly #origin: string
  readonly #key: string
  readonly #luck: () => Luck

  constructor(origin: string, key: string, next: () => Luck) {
    this.#origin = origin
    this.#key = key
    this.#luck = next
    this.place = { key, cursor: null, there: new Set(), copiedAt: null }
  }

  async merge(events: readonly StudyEvent[]): Promise<void> {
    this.known = logOf([...this.known, ...events])
  }

  /** @returns whether the network let it through */
  async exchange(): Promise<boolean> {
    const calls = copyCalls(this.#key, (path, init) => this.#send(String(path), init))
    try {
      await exchange({
        log: this,
        calls,
        place: this.place,
        save: async () => undefined,
        isWanted: () => true,
      })
      return true
    } catch (error) {
      if (error instanceof CopyTrouble && error.trouble === 'offline') return false
      throw error
    }
  }

  async #send(path: string, init?: RequestInit): Promise<Response> {
    const happens = this.#luck()
    if (happens === 'request lost') throw new TypeError('lost')
    const response = await fetch(this.#origin + path, init)
    if (happens === 'twice') await (await fetch(this.#origin + path, init)).text()
    if (happens !== 'response lost') return response
    await response.text()
    throw new TypeError('lost')
  }
}

/** Takes some devices through a history, and then lets each of them through until nothing changes. */
async function live(origins: readonly string[], acts: readonly Act[], lucks: Iterator<Luck>) {
  const key = newKey()
  let isFine = false
  const next = (): Luck => (isFine ? 'fine' : (lucks.next().value as Luck))
  const devices = [0, 1, 2].map((index) => new Device(origins[index % origins.length]!, key, next))
  await copyCalls(key, (path, init) => fetch(origins[0]! + String(path), init)).make()
  const added = new Map<string, StudyEvent>()
  /** Events that a device lost before anyone else had them are lost. */
  const mayBeLost = new Set<string>()
  let time = NOW
  for (const each of acts) {
    const it = devices[each.device]!
    const note = (event: StudyEvent): void => {
      added.set(event.id, event)
      it.known = logOf([...it.known, event])
    }
    if (each.does === 'add') note(attemptAt((time += 1), '01-one', 3))
    else if (each.does === 'remove') {
      const target = it.known[each.which % Math.max(1, it.known.length)]
      if (target) note(eventAt((time += 1), { kind: 'removed' as const, event: target.id }))
    } else if (each.does === 'exchange') await it.exchange()
    else if (each.does === 'exchange together')
      await Promise.all([it.exchange(), devices[each.with]!.exchange()])
    else if (each.does === 'import') await it.merge(devices[each.from]!.known)
    else {
      if (each.does === 'lose its log') {
        for (const { id } of it.known) mayBeLost.add(id)
        it.known = []
      } else it.place = { ...it.place, cursor: null, there: new Set() }
    }
  }
  isFine = true
  for (let round = 0; round < 2; round += 1) for (const it of devices) expect(await it.exchange()).toBe(true)
  return { devices, added, mayBeLost, key }
}

const storages: [string, () => Promise<ServedViva[]>][] = [
  ['JSON files', async () => [await serveViva({ RATE_LIMIT: '0', STUDY_COPIES_PER_HOUR: '100000' })]],
]
if (postgres) storages.push(['PostgreSQL, two instances', onPostgres])

async function onPostgres(): Promise<ServedViva[]> {
  const { url, drop } = await makeDatabase()
  const env = {
    ...{ DATABASE_URL: url, JWT_SECRET: 'long enough for a secret of a test' },
    ...{ RATE_LIMIT: '0', STUDY_COPIES_PER_HOUR: '100000' },
  }
  const [one, other] = [await serveViva(env), await serveViva(env)]
  const close = async (): Promise<void> => {
    await other.close()
    await drop()
  }
  return [one, { ...other, close }]
}

describe.each(storages)('on %s', (_name, open) => {
  test(
    'whatever devices do apart, and whatever the network loses or doubles, they end with one log',
    { timeout: 120_000 },
    async () => {
      const servers = await open()
      const origins = servers.map(({ origin }) => origin)
      try {
        await fc.assert(
          fc.asyncProperty(
            fc.array(act, { minLength: 5, maxLength: 30 }),
            fc.infiniteStream(luck),
            async (acts, lucks) => {
              const { devices, added, mayBeLost } = await live(origins, acts, lucks)
              const [first, ...rest] = devices.map(({ known }) => logOf(known))
              for (const log of rest) expect(log).toEqual(first)
              const ids = first!.map(({ id }) => id)
              expect(new Set(ids).size).toBe(ids.length)
              const all = [...added.values()]
              const removed = new Set(all.flatMap((event) => (event.kind === 'removed' ? [event.event] : [])))
              for (const event of all) {
                const isMark = event.kind === 'removed'
                if (mayBeLost.has(event.id)) continue
                if (isMark || !removed.has(event.id)) expect(ids).toContain(event.id)
              }
              for (const event of first!) {
                expect(added.get(event.id)).toEqual(event)
                if (event.kind === 'removed' && added.get(event.event)?.kind !== 'removed')
                  expect(ids).not.toContain(event.event)
              }
            },
          ),
          { numRuns: 25 },
        )
      } finally {
        for (const server of servers) await server.close()
      }
    },
  )
})
