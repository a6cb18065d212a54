import { randomBytes } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { StudyEvent } from '#contract/study/event.ts'
import { move } from '../storage/move.ts'
import { openStorage } from '../storage/open-storage.ts'
import { examineStreams } from '../storage/files/stream-doctor.ts'
import { realDisk } from '../storage/files/disk.ts'
import type { EventLog } from '../storage/event-log.ts'
import type { Storage } from '../storage/storage.ts'
import { hasPostgres } from '../storage/testing/make-database.ts'
import { temporaryDatabase, temporaryFolder } from '../storage/testing/temporary.ts'
import { Copies } from './copies.ts'
import { gradeOf, removalOf } from './testing/copy-client.ts'

const postgres = await hasPostgres('copies of study logs')
const DAY_MS = 86_400_000

async function inFiles(): Promise<Storage> {
  return closed(await openStorage({ dataDir: await temporaryFolder() }, []))
}

async function inDatabase(): Promise<Storage> {
  return closed(await openStorage({ dataDir: '', databaseUrl: await temporaryDatabase() }, []))
}

function closed(storage: Storage): Storage {
  onTestFinished(() => storage.close())
  return storage
}

/** Copies that live for 100 days, by a clock that a test sets. */
function copiesIn(events: EventLog) {
  const clock = { now: Date.now() }
  const time = { earliest: () => clock.now, latest: () => clock.now }
  return { clock, copies: new Copies({ events, time, lifetimeMs: 100 * DAY_MS }) }
}

const newHash = (): string => randomBytes(32).toString('hex')

async function idsOf(copies: Copies, keyHash: string): Promise<string[] | undefined> {
  const page = await copies.read(keyHash, null)
  return page?.events.map((event) => (event as StudyEvent).id)
}

const storages: [string, () => Promise<Storage>][] = [
  ['JSON files', inFiles],
  ...(postgres ? [['PostgreSQL', inDatabase] as [string, () => Promise<Storage>]] : []),
]

describe.each(storages)('copies on %s', (_name, open) => {
  test('a copy is deleted when it wasn’t read or added to for its lifetime, and not before', async () => {
    const { events } = await open()
    const { clock, copies } = copiesIn(events)
    const [unused, read, added] = [newHash(), newHash(), newHash()]
    for (const each of [unused, read, added]) await copies.make(each)
    const event = gradeOf()
    await copies.add(unused, [event])
    for (let day = 0; day < 99; day += 33) {
      clock.now += 33 * DAY_MS
      await copies.read(read, null)
      await copies.add(added, [gradeOf()])
      await copies.sweep((error) => expect.unreachable(String(error)))
    }
    expect(await idsOf(copies, unused)).toEqual([event.id])
    // Reading it was a use.
    clock.now += 99 * DAY_MS
    await copies.sweep((error) => expect.unreachable(String(error)))
    expect(await copies.has(read)).toBe(true)
    for (const each of [unused, added]) await copies.read(each, null)
    clock.now += 2 * DAY_MS
    // Expired, whether or not the sweep has come by.
    expect(await copies.has(read)).toBe(false)
    await copies.sweep((error) => expect.unreachable(String(error)))
    const streams = (await events.heads('study-')).map(({ stream }) => stream)
    expect(streams.sort()).toEqual([unused, added].map((hash) => `study-${hash}`).sort())
  })

  test('a removal that a kill cut short is completed by whoever comes next', async () => {
    const { events } = await open()
    const keyHash = newHash()
    const secret = gradeOf('canary')
    const first = copiesIn(events).copies
    await first.make(keyHash)
    await first.add(keyHash, [secret])
    const cut = copiesIn({ ...bound(events), erase: () => Promise.reject(new Error('killed')) }).copies
    await expect(cut.add(keyHash, [removalOf(secret.id)])).rejects.toThrow('killed')
    const after = copiesIn(events).copies
    expect(await idsOf(after, keyHash)).toHaveLength(1)
    expect(JSON.stringify(await events.read(`study-${keyHash}`, 0))).not.toContain('canary')
  })

  test('a copy is moved with everything in it, and what was removed since is erased by the next move', async () => {
    const [from, to] = [await open(), await inFiles()]
    const keyHash = newHash()
    const source = copiesIn(from.events).copies
    const [one, two] = [gradeOf('canary'), gradeOf()]
    await source.make(keyHash)
    await source.add(keyHash, [one, two])
    expect((await move(from, to)).faults).toEqual([])
    expect(await idsOf(copiesIn(to.events).copies, keyHash)).toEqual([one.id, two.id])
    const mark = removalOf(one.id)
    await source.add(keyHash, [mark])
    const again = await move(from, to)
    expect(again.faults).toEqual([])
    expect(again.checksums.from).toBe(again.checksums.to)
    expect(await idsOf(copiesIn(to.events).copies, keyHash)).toEqual([two.id, mark.id])
    expect(JSON.stringify(await to.events.read(`study-${keyHash}`, 0))).not.toContain('canary')
  })
})

test('the doctor checks copies as it checks every stream', async () => {
  const dataDir = await temporaryFolder()
  const storage = await openStorage({ dataDir }, [])
  const { copies } = copiesIn(storage.events)
  const keyHash = newHash()
  await copies.make(keyHash)
  const event = gradeOf()
  await copies.add(keyHash, [event, gradeOf()])
  await copies.add(keyHash, [removalOf(event.id)])
  await storage.close()
  expect(await examineStreams(dataDir, realDisk)).toEqual({ whole: 1, findings: [] })
})

function bound(events: EventLog): EventLog {
  return {
    append: (...given) => events.append(...given),
    read: (...given) => events.read(...given),
    watch: (...given) => events.watch(...given),
    erase: (...given) => events.erase(...given),
    remove: (...given) => events.remove(...given),
    heads: (...given) => events.heads(...given),
    restore: (...given) => events.restore(...given),
  }
}
