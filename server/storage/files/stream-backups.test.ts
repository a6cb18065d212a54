import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Backups } from './backups.ts'
import { FileEventLog, streamFile } from './event-log.ts'
import { openFiles } from './open-files.ts'
import { StreamBackups } from './stream-backups.ts'
import { restoreStream } from './stream-doctor.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { SEED } from '../testing/seed.ts'
import { stopIntervals } from '../testing/stopped-clock.ts'
import { temporaryFolder } from '../testing/temporary.ts'

const HOUR_MS = 60 * 60_000
const NOON = Date.parse('2026-01-01T12:34:56Z')

/** A log with one stream, `room`, of so many events. */
async function withRoom(count: number) {
  const dataDir = await temporaryFolder()
  const disk = new BrokenDisk()
  for (const name of ['events', 'backups']) await mkdir(join(dataDir, name))
  const backups = new StreamBackups(dataDir, disk.disk)
  const log = new FileEventLog(join(dataDir, 'events'), disk.disk, undefined, backups)
  let size = 0
  const add = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) size = await log.append('room', size, [`event ${size + 1}`])
  }
  await add(count)
  const file = streamFile(join(dataDir, 'events'), 'room')
  return { dataDir, disk, backups, log, add, file }
}

async function eventsIn(file: string): Promise<number> {
  return (await readFile(file, 'utf8')).split('\n').length - 1
}

/** Everything below `backups/`, as text. */
async function contentOf(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'backups')
  const names = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('')
}

test('a stream has one copy, which is made again only after the stream has grown', async () => {
  const { dataDir, disk, backups, add, file } = await withRoom(2)
  for (let hour = 0; hour < 5; hour += 1) {
    await backups.make(NOON + hour * HOUR_MS)
    await add(1)
  }
  const copies = await backups.list('room')
  expect(copies).toEqual([streamFile(join(dataDir, 'backups/events'), 'room')])
  expect(await eventsIn(copies[0]!)).toBe(6)
  await backups.make(NOON + 5 * HOUR_MS)
  expect(await readFile(copies[0]!)).toEqual(await readFile(file))
  expect((await stat(copies[0]!)).mode & 0o777).toBe(0o600)
  disk.calls.length = 0
  await backups.make(NOON + 6 * HOUR_MS)
  expect(disk.calls.filter((call) => /^(readFile|open|rename)/.test(call))).toEqual([])
})

test('a crash at any moment of a backup leaves a copy from which the stream can be restored', async () => {
  let crashes = 0
  for (let after = 0; ; after += 1) {
    const { dataDir, disk, backups, add, file } = await withRoom(2)
    await backups.make(NOON)
    await add(1)
    const begun = disk.calls.length
    const crashing = new Proxy(disk.disk, {
      get: (target, call) => {
        // From here on nothing reaches the disk any more.
        if (disk.calls.length - begun >= after) return () => Promise.reject(new Error('crashed'))
        return Reflect.get(target, call) as unknown
      },
    })
    await new StreamBackups(dataDir, crashing).make(NOON + HOUR_MS).catch(() => undefined)
    const isDone = disk.calls.length - begun < after
    await writeFile(file, (await readFile(file, 'utf8')).replace('event 1', 'event 9'))
    expect(await restoreStream(dataDir, 'room', disk.disk), `after ${after} calls`).toMatchObject({
      events: 3,
    })
    if (isDone) break
    crashes += 1
  }
  expect(crashes).toBeGreaterThan(10)
})

test('half a copy that a kill left behind is removed at the next start', async () => {
  const { dataDir, backups } = await withRoom(2)
  await backups.make(NOON)
  const [copy] = await backups.list('room')
  await writeFile(`${copy}.tmp`, '{"first":1,')
  await (await openFiles({ dataDir, seed: SEED })).close()
  expect(await readdir(dirname(copy!))).toEqual(['room.jsonl'])
})

test.each(['ENOSPC', 'EIO'])(
  'a disk that fails with %s keeps the previous copy, and nothing half',
  async (code) => {
    const { disk, backups, add } = await withRoom(2)
    await backups.make(NOON)
    await add(1)
    disk.faults.set('writeFile', code)
    await backups.make(NOON + HOUR_MS)
    const [copy] = await backups.list('room')
    expect([await eventsIn(copy!), await readdir(dirname(copy!))]).toEqual([2, ['room.jsonl']])
    disk.faults.clear()
    await backups.make(NOON + HOUR_MS)
    expect(await eventsIn(copy!)).toBe(3)
  },
)

test('a backup never takes the last 100 MB of a disk', async () => {
  const { dataDir, disk, add } = await withRoom(1)
  let free = 100 * 2 ** 20
  const backups = new StreamBackups(dataDir, disk.disk, async () => free)
  await backups.make(NOON)
  expect(await backups.list('room')).toEqual([])
  free += 10_000
  await backups.make(NOON)
  await add(1)
  expect(await backups.list('room')).toHaveLength(1)
})

test('what is erased or removed is in no backup, even when it happens while one is being made', async () => {
  const { dataDir, disk, backups, log, add } = await withRoom(3)
  await backups.make(NOON)
  expect(await contentOf(dataDir)).toContain('event 2')
  await log.erase('room', [2])
  expect(await contentOf(dataDir)).not.toContain('event 2')

  const { rename } = disk.disk
  disk.disk.rename = async (from, to) => {
    disk.disk.rename = rename
    await rename(from, to)
    await log.erase('room', [3])
  }
  await backups.make(NOON)
  expect(await contentOf(dataDir)).not.toContain('event 3')

  await backups.make(NOON)
  await add(1)
  expect(await contentOf(dataDir)).toContain('event 1')
  await log.remove('room')
  expect(await contentOf(dataDir)).toBe('')
})

test('a damaged stream takes nothing from its copy; a lost or shortened one keeps it for 24 hours', async () => {
  const { dataDir, disk, backups, log, file } = await withRoom(3)
  const sound = await readFile(file, 'utf8')
  await backups.make(NOON)
  await writeFile(file, sound.replace('event 2', 'event 9'))
  await backups.make(NOON + HOUR_MS)
  expect(await contentOf(dataDir)).toBe(sound)

  // As after `--salvage`.
  await writeFile(file, sound.split('\n')[0] + '\n')
  await backups.make(NOON + 2 * HOUR_MS)
  expect((await backups.list('room')).map((copy) => copy.slice(dataDir.length))).toEqual([
    expect.stringContaining('/backups/events/'),
    '/backups/2026-01-01T14/room.jsonl',
  ])
  await rm(file)
  await backups.make(NOON + 3 * HOUR_MS)
  expect(await backups.orphans()).toEqual(['room'])
  const hourly = new Backups(dataDir, disk.disk)
  await hourly.prune(NOON + 26 * HOUR_MS)
  expect(await backups.list('room')).toHaveLength(2)
  await hourly.prune(NOON + 28 * HOUR_MS)
  expect(await backups.list('room')).toEqual([])
  await log.close()
})

test('an open storage backs up its streams within the first hour', async () => {
  stopIntervals()
  const dataDir = await temporaryFolder()
  const storage = await openFiles({ dataDir, seed: SEED })
  onTestFinished(() => storage.close())
  await storage.events.append('room', 0, ['one'])
  vi.advanceTimersByTime(60_000)
  await expect.poll(() => new StreamBackups(dataDir, new BrokenDisk().disk).list('room')).toHaveLength(1)
  await storage.events.remove('room')
  expect(await contentOf(dataDir)).toBe('')
})
