import { appendFile, readdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { DamagedStream, StorageFull, StorageUnavailable } from '../errors.ts'
import { FileEventLog } from './event-log.ts'
import { openFiles } from './open-files.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { eventLogContract } from '../testing/event-log-contract.ts'
import { SEED } from '../testing/seed.ts'
import { closesWithTest } from '../testing/storage-contract.ts'
import { temporaryFolder } from '../testing/temporary.ts'

describe('in files', () => {
  eventLogContract(async () => {
    const dataDir = await temporaryFolder()
    return { open: () => closesWithTest(openFiles({ dataDir, seed: SEED })) }
  })
})

async function onBrokenDisk() {
  const root = join(await temporaryFolder(), 'events')
  const disk = new BrokenDisk()
  const open = () => new FileEventLog(root, disk.disk)
  const file = async () => {
    const names = await readdir(root, { recursive: true })
    return join(root, names.find((name) => name.endsWith('.jsonl')) ?? '')
  }
  return { disk, open, file }
}

test('appends that wait at the same time share one write, and each settles when it is flushed', async () => {
  const { disk, open } = await onBrokenDisk()
  const log = open()
  await log.append('room', 0, ['first'])
  const before = disk.count('datasync')
  await Promise.all(Array.from({ length: 50 }, (_, index) => log.append('room', 1 + index, [index])))
  // The first one goes at once, and the others while it is written.
  expect(disk.count('datasync') - before).toBe(2)
  expect(await log.read('room', 0)).toHaveLength(51)
})

test('the folders of a new stream are flushed before its first append settles', async () => {
  const { disk, open } = await onBrokenDisk()
  await open().append('room', 0, ['first'])
  expect(disk.calls.map((call) => call.split(' ')[0])).toEqual(
    'readFile mkdir mkdir open sync mkdir open sync open writeFile datasync open sync'.split(' '),
  )
})

test.each([
  ['writeFile', 'ENOSPC', StorageFull],
  ['writeFile', 'EIO', StorageUnavailable],
  ['datasync', 'EIO', StorageUnavailable],
  ['open', 'EMFILE', StorageUnavailable],
] as const)(
  '%s fails with %s: nothing of it stays, and the next append goes on',
  async (call, code, fault) => {
    const { disk, open, file } = await onBrokenDisk()
    const log = open()
    await log.append('room', 0, ['kept'])
    const before = await readFile(await file())
    disk.faults.set(call, code)
    await expect(log.append('room', 1, ['lost'])).rejects.toThrow(fault)
    disk.faults.clear()
    expect((await log.read('room', 0)).map(({ data }) => data)).toEqual(['kept'])
    expect(await log.append('room', 1, ['next'])).toBe(2)
    expect((await readFile(await file())).subarray(0, before.length)).toEqual(before)
    expect((await open().read('room', 0)).map(({ data }) => data)).toEqual(['kept', 'next'])
  },
)

test.each([
  ['writeFile', 'ENOSPC', StorageFull],
  ['datasync', 'EIO', StorageUnavailable],
  ['rename', 'EIO', StorageUnavailable],
  ['open', 'EMFILE', StorageUnavailable],
] as const)(
  '%s fails with %s during an erasure: nothing changes, and the next one works',
  async (call, code, fault) => {
    const { disk, open, file } = await onBrokenDisk()
    const log = open()
    await log.append('room', 0, ['a secret', 'kept'])
    const before = await readFile(await file())
    disk.faults.set(call, code)
    await expect(log.erase('room', [1])).rejects.toThrow(fault)
    disk.faults.clear()
    expect(await readFile(await file())).toEqual(before)
    expect((await log.read('room', 0)).map(({ data }) => data)).toEqual(['a secret', 'kept'])
    await log.erase('room', [1])
    expect(await readFile(await file(), 'utf8')).not.toContain('secret')
    expect(await log.append('room', 2, ['next'])).toBe(3)
    expect((await open().read('room', 0)).map(({ data }) => data)).toEqual([null, 'kept', 'next'])
  },
)

test('an erasure that a kill cut short leaves no second file after the next start, nor after the stream is removed', async () => {
  const dataDir = await temporaryFolder()
  const first = await openFiles({ dataDir, seed: SEED })
  await first.events.append('room', 0, ['a secret'])
  await first.close()
  const files = async () =>
    (await readdir(join(dataDir, 'events'), { recursive: true })).filter((name) => name.includes('.'))
  const [name = ''] = await files()
  await writeFile(join(dataDir, 'events', `${name}.tmp`), 'half a secr')
  const second = await openFiles({ dataDir, seed: SEED })
  expect(await files()).toEqual([name])
  await writeFile(join(dataDir, 'events', `${name}.tmp`), 'half a secr')
  await second.events.remove('room')
  expect(await files()).toEqual([])
  await second.close()
})

test("after a failed append that can't be undone, the file is read again before the next one", async () => {
  const { disk, open } = await onBrokenDisk()
  const log = open()
  await log.append('room', 0, ['kept'])
  disk.faults.set('datasync', 'EIO')
  disk.faults.set('truncate', 'EIO')
  await expect(log.append('room', 1, ['unknown'])).rejects.toThrow(StorageUnavailable)
  disk.faults.clear()
  const newest = await log.append('room', 2, ['next']).catch(() => log.append('room', 1, ['next']))
  const numbers = (await open().read('room', 0)).map(({ number }) => number)
  expect(numbers).toEqual(Array.from({ length: newest }, (_, index) => index + 1))
})

test('a last line truncated at any byte is ignored, and the stream continues', async () => {
  const { open, file } = await onBrokenDisk()
  await open().append('room', 0, ['kept'])
  const whole = (await readFile(await file())).length
  await open().append('room', 1, ['cut', 'with it'])
  const all = await readFile(await file())
  for (let length = whole; length < all.length; length += 1) {
    await writeFile(await file(), all)
    await truncate(await file(), length)
    const log = open()
    const kept = length === all.length - 1 ? ['kept', 'cut', 'with it'] : ['kept']
    expect((await log.read('room', 0)).map(({ data }) => data)).toEqual(kept)
    await log.append('room', kept.length, ['next'])
    expect((await open().read('room', 0)).map(({ data }) => data)).toEqual([...kept, 'next'])
  }
})

test('a page of zeros left behind by a power cut is ignored', async () => {
  const { open, file } = await onBrokenDisk()
  await open().append('room', 0, ['kept'])
  await appendFile(await file(), Buffer.concat([Buffer.alloc(4096), Buffer.from('"}]}\n')]))
  const log = open()
  expect(await log.append('room', 1, ['next'])).toBe(2)
  expect(await open().read('room', 0)).toHaveLength(2)
})

test('a flipped bit in an acknowledged line is detected, and the file stays as it is', async () => {
  const { open, file } = await onBrokenDisk()
  const log = open()
  await log.append('room', 0, ['one'])
  await log.append('room', 1, [{ two: 'é\u0001' }])
  const good = await readFile(await file())
  // One bit of every byte, each in its turn.
  for (let bit = 0; bit < good.length * 8; bit += 9) {
    const bad = Buffer.from(good)
    bad[bit >> 3]! ^= 1 << (bit & 7)
    await writeFile(await file(), bad)
    const read = open().read('room', 0)
    if (bit >> 3 === good.length - 1) {
      // The end of the last line alone is told from its being cut by what stands before it: nothing is lost.
      expect(await read).toHaveLength(2)
      continue
    }
    await expect(read, `bit ${bit}`).rejects.toThrow(DamagedStream)
    expect(await readFile(await file())).toEqual(bad)
  }
})
