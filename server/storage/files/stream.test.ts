import { appendFile, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { DamagedStream, StorageUnavailable, StreamMoved } from '../errors.ts'
import { FileEventLog, streamFile } from './event-log.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { stopClock } from '../testing/stopped-clock.ts'
import { temporaryFolder } from '../testing/temporary.ts'

const MINUTE_MS = 60_000

async function place() {
  const root = join(await temporaryFolder(), 'events')
  const disk = new BrokenDisk()
  const open = () => new FileEventLog(root, disk.disk)
  /** How often the stream's file was read while something ran. */
  const readsWhile = async (run: () => Promise<unknown>) => {
    const before = disk.count('readFile')
    await run()
    return disk.count('readFile') - before
  }
  return { root, disk, open, readsWhile }
}

const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

async function numbers(log: FileEventLog, after: number): Promise<number[]> {
  return (await log.read('room', after)).map(({ number }) => number)
}

/** The next file that is opened waits until it is let go. */
function held(disk: BrokenDisk) {
  const { open } = disk.disk
  let go: () => void = () => undefined
  const gate = new Promise<void>((done) => (go = done))
  disk.disk.open = async (...args) => {
    disk.disk.open = open
    await gate
    return open(...args)
  }
  return go
}

test.each([
  ['as they were appended', false],
  ['after the stream was reopened', true],
])('the 200 newest events are read from memory %s, older ones from the file', async (_when, anew) => {
  const { open, readsWhile } = await place()
  let log = open()
  for (let number = 0; number < 250; number += 125) await log.append('room', number, upTo(125))
  if (anew) log = open()
  await log.read('room', 250)
  const all = upTo(250)
  expect(await readsWhile(async () => expect(await numbers(log, 50)).toEqual(all.slice(50)))).toBe(0)
  expect(await readsWhile(async () => expect(await numbers(log, 49)).toEqual(all.slice(49)))).toBe(1)
  expect(await readsWhile(async () => expect(await numbers(log, 249)).toEqual([250]))).toBe(0)
  expect(await readsWhile(async () => expect(await numbers(log, 250)).toEqual([]))).toBe(0)
  expect(await readsWhile(async () => expect(await numbers(log, 999)).toEqual([]))).toBe(0)
})

test('reading during an append returns what is acknowledged, from memory and from the file', async () => {
  const { disk, open } = await place()
  const log = open()
  await log.append('room', 0, upTo(250))
  const go = held(disk)
  const appending = log.append('room', 250, ['new'])
  expect(await numbers(log, 0)).toEqual(upTo(250))
  expect(await numbers(log, 240)).toEqual(upTo(250).slice(240))
  go()
  expect(await appending).toBe(251)
  expect(await numbers(log, 240)).toEqual(upTo(251).slice(240))
})

test('appending nothing writes nothing and notifies no one, but is still refused from an old number', async () => {
  const { disk, open } = await place()
  const log = open()
  await log.append('room', 0, ['one'])
  const told = vi.fn()
  log.watch('room', told)
  const before = disk.calls.length
  expect(await log.append('room', 1, [])).toBe(1)
  await expect(log.append('room', 0, [])).rejects.toThrow(StreamMoved)
  expect(disk.calls).toHaveLength(before)
  expect(told).not.toHaveBeenCalled()
  expect(await numbers(log, 0)).toEqual([1])
})

test('folders are created and flushed only for the first append of a stream', async () => {
  const { disk, open } = await place()
  const log = open()
  await log.append('room', 0, ['one'])
  disk.calls.length = 0
  await log.append('room', 1, ['two'])
  expect(disk.calls.map((call) => call.split(' ')[0])).toEqual(['open', 'writeFile', 'datasync'])
})

test('a stream is stored in one of 256 folders, under its name', async () => {
  const { root, open } = await place()
  await open().append('a-rather-long-name', 0, ['one'])
  const file = streamFile(root, 'a-rather-long-name')
  expect(file.slice(root.length)).toMatch(/^\/[0-9a-f]{2}\/a-rather-long-name\.jsonl$/)
  expect((await stat(file)).size).toBeGreaterThan(0)
  expect((await open().heads('')).map(({ stream }) => stream)).toEqual(['a-rather-long-name'])
})

test('before the first append there are no streams; unreadable folders are a fault', async () => {
  const { disk, open } = await place()
  expect(await open().heads('')).toEqual([])
  disk.faults.set('readdir', 'EIO')
  await expect(open().heads('')).rejects.toThrow(StorageUnavailable)
})

test('a stream that cannot be read now can be read later', async () => {
  const { disk, open } = await place()
  const log = open()
  await log.append('room', 0, ['one'])
  const other = open()
  disk.faults.set('readFile', 'EIO')
  await expect(other.read('room', 0)).rejects.toThrow(StorageUnavailable)
  disk.faults.clear()
  expect(await numbers(other, 0)).toEqual([1])
})

test("a partial line that can't be removed is a fault, not a damaged stream", async () => {
  const { root, disk, open } = await place()
  await open().append('room', 0, ['one'])
  await appendFile(streamFile(root, 'room'), '{"first":2')
  disk.faults.set('truncate', 'EIO')
  const reading = open().read('room', 0)
  await expect(reading).rejects.toThrow(StorageUnavailable)
  await expect(reading).rejects.not.toThrow(DamagedStream)
  disk.faults.clear()
  expect(await numbers(open(), 0)).toEqual([1])
})

test('a last line without a line end gets one, and a later failure removes no byte of it', async () => {
  const { root, disk, open } = await place()
  await open().append('room', 0, ['one'])
  const file = streamFile(root, 'room')
  const whole = await readFile(file)
  const { truncate } = await import('node:fs/promises')
  await truncate(file, whole.length - 1)
  const log = open()
  expect(await numbers(log, 0)).toEqual([1])
  expect(await readFile(file)).toEqual(whole)
  disk.faults.set('datasync', 'EIO')
  await expect(log.append('room', 1, ['lost'])).rejects.toThrow(StorageUnavailable)
  disk.faults.clear()
  expect(await readFile(file)).toEqual(whole)
  expect(await log.append('room', 1, ['two'])).toBe(2)
})

test('appends that wait when a stream is removed are refused, and not written into a new one of the same name', async () => {
  const { disk, open } = await place()
  const log = open()
  await log.append('room', 0, ['one'])
  const go = held(disk)
  const running = log.append('room', 1, ['two'])
  const removing = log.remove('room')
  const late = log.append('room', 2, ['three'])
  const outcome = Promise.allSettled([running, late])
  go()
  await removing
  const [first, second] = await outcome
  expect(first.status).toBe('fulfilled')
  expect(second).toMatchObject({ status: 'rejected', reason: { name: 'StreamMoved' } })
  expect(await numbers(log, 0)).toEqual([])
})

test('a damaged or missing stream can be removed, and a failing disk is a fault', async () => {
  const { root, disk, open } = await place()
  const log = open()
  await log.append('room', 0, ['one'])
  await appendFile(streamFile(root, 'room'), 'nonsense\n{"more":1}\n')
  const other = open()
  await expect(other.read('room', 0)).rejects.toThrow(DamagedStream)
  disk.faults.set('unlink', 'EIO')
  await expect(other.remove('room')).rejects.toThrow(StorageUnavailable)
  disk.faults.clear()
  const told = vi.fn()
  other.watch('room', told)
  await other.remove('room')
  expect(told.mock.calls).toEqual([[undefined]])
  await expect(other.remove('room')).resolves.toBeUndefined()
  expect(await numbers(other, 0)).toEqual([])
})

test("closing waits for running appends, and a stream that can't be opened doesn't delay it", async () => {
  const { root, disk, open } = await place()
  const log = open()
  await log.append('room', 0, ['one'])
  const go = held(disk)
  const appending = log.append('room', 1, ['two'])
  await open().append('bad', 0, ['one'])
  await appendFile(streamFile(root, 'bad'), 'nonsense\n{"more":1}\n')
  const failing = log.read('bad', 0).catch((error: unknown) => error)
  let closed = false
  const closing = log.close().then(() => (closed = true))
  expect(await failing).toBeInstanceOf(DamagedStream)
  await new Promise((done) => setTimeout(done, 20))
  expect(closed).toBe(false)
  go()
  await closing
  expect(disk.calls.at(-1)).toBe('datasync room.jsonl')
  expect(await appending).toBe(2)
})

test('an unused stream leaves memory after a minute, unless it is watched or an append is running', async () => {
  stopClock()
  const { disk, open } = await place()
  const log = open()
  for (const name of ['quiet', 'followed', 'busy', 'used']) await log.append(name, 0, ['one'])
  log.watch('followed', vi.fn())
  const go = held(disk)
  const appending = log.append('busy', 1, ['two'])
  vi.setSystemTime(Date.now() + MINUTE_MS - 1)
  await log.read('used', 0)
  const readAgain = async () => {
    disk.calls.length = 0
    for (const name of ['quiet', 'followed', 'busy', 'used']) await log.read(name, 0)
    return disk.calls.filter((call) => call.startsWith('readFile'))
  }
  vi.setSystemTime(Date.now() + 1)
  await log.read('another', 0)
  expect(await readAgain()).toEqual(['readFile quiet.jsonl'])
  go()
  await appending
})
