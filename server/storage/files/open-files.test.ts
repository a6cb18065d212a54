import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { DamagedSandbox } from '../errors.ts'
import { SANDBOX_LIFETIME_MS, openFiles } from './open-files.ts'
import { sandboxFile } from './sandbox-files.ts'
import type { SandboxStore, Storage } from '../storage.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { person, SEED } from '../testing/seed.ts'
import { stopClock, stopIntervals } from '../testing/stopped-clock.ts'
import { storageContract, closesWithTest } from '../testing/storage-contract.ts'
import { temporaryFolder } from '../testing/temporary.ts'

describe('in files', () => {
  storageContract(async () => {
    const dataDir = await temporaryFolder()
    return { open: () => closesWithTest(openFiles({ dataDir, seed: SEED })) }
  })
})

async function open(dataDir: string, disk = new BrokenDisk()): Promise<Storage> {
  return closesWithTest(openFiles({ dataDir, seed: SEED, disk: disk.disk }))
}

function add(store: SandboxStore, name: string) {
  return store.transact((draft) => draft.insertUser(person(name)))
}

async function names(store: SandboxStore): Promise<string[]> {
  return (await store.read()).users.map(({ name }) => name)
}

function fileOf(dataDir: string, id: string): string {
  return sandboxFile(join(dataDir, 'sandboxes'), id).file
}

async function filesIn(dataDir: string): Promise<string[]> {
  const files = await readdir(join(dataDir, 'sandboxes'), { recursive: true })
  return files.filter((file) => file.includes('.'))
}

test('transactions that wait at the same time share one write, and each counts as a revision', async () => {
  const disk = new BrokenDisk()
  const store = await (await open(await temporaryFolder(), disk)).create()
  const before = disk.count('rename')
  await Promise.all(Array.from({ length: 100 }, (_, index) => add(store, `P${index}`)))
  expect(disk.count('rename') - before).toBe(2)
  expect(await store.read()).toMatchObject({ revision: 100, nextId: 103 })
})

test('a commit flushes the file before renaming it, and the folder afterwards', async () => {
  const disk = new BrokenDisk()
  const { id } = await (await open(await temporaryFolder(), disk)).create()
  expect(disk.calls.slice(-8)).toEqual(
    [
      `mkdir ${id.slice(0, 2)}`,
      'open sandboxes',
      'sync sandboxes',
      `open ${id}.json.tmp`,
      `writeFile ${id}.json.tmp`,
      `datasync ${id}.json.tmp`,
      `rename ${id}.json`,
      `open ${id.slice(0, 2)}`,
      `sync ${id.slice(0, 2)}`,
    ].slice(-8),
  )
})

test('readers see what is committed, never what is being written', async () => {
  const store = await (await open(await temporaryFolder())).create()
  const writing = add(store, 'Alan')
  expect(await names(store)).toEqual(['Ada', 'Grace'])
  await writing
  expect(await names(store)).toEqual(['Ada', 'Grace', 'Alan'])
})

test.each([
  ['open', 'ENOSPC', 'StorageFull'],
  ['writeFile', 'ENOSPC', 'StorageFull'],
  ['writeFile', 'EDQUOT', 'StorageFull'],
  ['writeFile', 'EIO', 'StorageUnavailable'],
  ['datasync', 'EIO', 'StorageUnavailable'],
  ['datasync', 'ENOSPC', 'StorageFull'],
  ['rename', 'EROFS', 'StorageUnavailable'],
] as const)(
  '%s fails with %s: no success is reported, reads still work, and writes resume',
  async (call, code, name) => {
    const dataDir = await temporaryFolder()
    const disk = new BrokenDisk()
    const store = await (await open(dataDir, disk)).create()
    const before = await store.read()
    const bytes = await readFile(fileOf(dataDir, store.id))

    disk.faults.set(call, code)
    const writes = await Promise.allSettled([add(store, 'Alan'), add(store, 'Barbara'), add(store, 'Ada')])
    for (const write of writes) expect(write).toMatchObject({ status: 'rejected', reason: { name } })
    expect(await store.read()).toBe(before)
    expect(await readFile(fileOf(dataDir, store.id))).toEqual(bytes)
    expect(await filesIn(dataDir)).toEqual([expect.stringMatching(/\.json$/)])

    disk.faults.clear()
    expect(await add(store, 'Alan')).toMatchObject({ id: 3 })
  },
)

test("when the folder can't be flushed, no success is reported, and memory follows the file", async () => {
  const dataDir = await temporaryFolder()
  const disk = new BrokenDisk()
  const store = await (await open(dataDir, disk)).create()
  disk.faults.set('sync', 'EIO')
  await expect(add(store, 'Alan')).rejects.toMatchObject({ name: 'Unconfirmed' })
  disk.faults.clear()
  const onDisk = JSON.parse(await readFile(fileOf(dataDir, store.id), 'utf8')) as {
    data: { users: unknown[] }
  }
  expect((await store.read()).users).toEqual(onDisk.data.users)
  expect(await add(store, 'Barbara')).toMatchObject({ id: 4 })
})

test('a damaged sandbox is reported with its file and left as it is, and the others work', async () => {
  const dataDir = await temporaryFolder()
  const first = await open(dataDir)
  const [bad, good] = [await first.create(), await first.create()]
  await first.close()
  const file = fileOf(dataDir, bad.id)
  await writeFile(file, '{"format":"viva-sandbox"')

  const again = await open(dataDir)
  const error = await again.sandbox(bad.id).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(DamagedSandbox)
  expect((error as Error).message).toContain(`${file}: it is not complete JSON`)
  expect((error as Error).message).toMatch(/run: npm run doctor -- --restore [a-z2-7]{26}$/)
  expect(await readFile(file, 'utf8')).toBe('{"format":"viva-sandbox"')
  expect(await add((await again.sandbox(good.id))!, 'Alan')).toMatchObject({ id: 3 })
})

test('leftovers of a killed write are gone after the next start', async () => {
  const dataDir = await temporaryFolder()
  const first = await open(dataDir)
  const { id } = await first.create()
  await first.close()
  await writeFile(`${fileOf(dataDir, id)}.tmp`, 'half of a')
  const again = await open(dataDir)
  expect(await filesIn(dataDir)).toEqual([`${id.slice(0, 2)}/${id}.json`])
  expect(await names((await again.sandbox(id))!)).toEqual(['Ada', 'Grace'])
})

test('sandboxes unused for 30 days are removed from the disk, but not damaged ones, used ones or the default', async () => {
  stopIntervals()
  const dataDir = await temporaryFolder()
  const first = await open(dataDir)
  const [unused, used, damaged] = [await first.create(), await first.create(), await first.create()]
  await first.sandbox('default')
  await first.close()
  await writeFile(fileOf(dataDir, damaged.id), '')
  const longAgo = new Date(Date.now() - SANDBOX_LIFETIME_MS - 60_000)
  for (const id of [unused.id, used.id, damaged.id, 'default'])
    await utimes(fileOf(dataDir, id), longAgo, longAgo)

  const again = await open(dataDir)
  const inUse = (await again.sandbox(used.id))!
  vi.advanceTimersByTime(60_000)
  await expect.poll(() => filesIn(dataDir)).toHaveLength(3)
  expect(await again.sandbox(unused.id)).toBeNull()
  expect(await names(inUse)).toEqual(['Ada', 'Grace'])
  expect(await readFile(fileOf(dataDir, damaged.id), 'utf8')).toBe('')
})

test('more sandboxes than fit in memory all keep their rows', async () => {
  const storage = await open(await temporaryFolder())
  const stores = await Promise.all(Array.from({ length: 260 }, () => storage.create()))
  await Promise.all(stores.map((store, index) => add(store, `P${index}`)))
  for (const [index, store] of stores.entries()) expect(await names(store)).toContain(`P${index}`)
})

test('a sandbox with an open transaction stays in memory, however many others are loaded', async () => {
  const storage = await open(await temporaryFolder())
  const store = await storage.create()
  let go: () => void = () => undefined
  const gate = new Promise<void>((resolve) => (go = resolve))
  const slow = store.transact(async (draft) => {
    await gate
    return draft.insertUser(person('Slow'))
  })
  await Promise.all(Array.from({ length: 220 }, () => storage.create()))
  const quick = add(store, 'Quick')
  go()
  await Promise.all([slow, quick])
  expect(await names(store)).toEqual(['Ada', 'Grace', 'Slow', 'Quick'])
})

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

test('an unused sandbox stays for 30 days unless configured otherwise', () => {
  expect(SANDBOX_LIFETIME_MS).toBe(30 * DAY_MS)
})

test('backups are made a minute after the start, and then each hour', async () => {
  stopClock()
  const disk = new BrokenDisk()
  const dataDir = await temporaryFolder()
  const store = await (await open(dataDir, disk)).create()
  const change = async (name: string) => {
    await add(store, name)
    // The system's own clock went on as ever, and gave the file its time.
    await utimes(fileOf(dataDir, store.id), new Date(), new Date())
  }
  let roundsDone = 0
  const { readdir } = disk.disk
  disk.disk.readdir = async (folder) => {
    const names = await readdir(folder)
    // Each round ends with a look for old backups, and is over a turn of the event loop later.
    if (folder === join(dataDir, 'backups')) setImmediate(() => (roundsDone += 1))
    return names
  }
  const backupsAfterAMinute = async () => {
    const before = roundsDone
    vi.advanceTimersByTime(MINUTE_MS)
    await expect.poll(() => roundsDone).toBe(before + 1)
    return disk.count('link')
  }
  expect(await backupsAfterAMinute()).toBe(1)
  for (const [hour, name] of ['Alan', 'Barbara'].entries()) {
    await change(name)
    const calls = disk.calls.length
    vi.advanceTimersByTime(59 * MINUTE_MS)
    expect(disk.calls).toHaveLength(calls)
    expect(await backupsAfterAMinute()).toBe(hour + 2)
  }
})

test('the file of a sandbox in use is touched once a day, and when it is loaded', async () => {
  stopClock()
  const dataDir = await temporaryFolder()
  const first = await open(dataDir)
  const { id } = await first.create()
  await first.close()
  const disk = new BrokenDisk()
  const storage = await open(dataDir, disk)
  const touched = async () => {
    await (await storage.sandbox(id))!.read()
    return disk.count('utimes')
  }
  expect(await touched()).toBe(1)
  vi.setSystemTime(Date.now() + DAY_MS)
  expect(await touched()).toBe(1)
  vi.setSystemTime(Date.now() + 1)
  expect(await touched()).toBe(2)
  expect(await touched()).toBe(2)
})

test('a sandbox that was removed after leaving memory reports that to those who still hold its store', async () => {
  stopClock()
  const dataDir = await temporaryFolder()
  const storage = await open(dataDir)
  const store = await storage.create()
  vi.advanceTimersByTime(11 * MINUTE_MS)
  await rm(fileOf(dataDir, store.id))
  await expect(store.read()).rejects.toThrow(
    'This sandbox was removed because it had not been used for a long time',
  )
})

test('a storage that is closed, or whose folder was taken over by another process, says which', async () => {
  stopClock()
  const dataDir = await temporaryFolder()
  const storage = await open(dataDir)
  const store = await storage.create()
  await writeFile(join(dataDir, 'lock.9'), '')
  vi.advanceTimersByTime(10_000)
  await expect(store.read()).rejects.toThrow('Another process has taken over the data folder')
  await storage.close()
  await expect(store.read()).rejects.toThrow('The storage is closed')
})

test('a storage that fails to open releases the folder', async () => {
  const dataDir = await temporaryFolder()
  const disk = new BrokenDisk()
  disk.faults.set('mkdir', 'ENOSPC')
  await expect(openFiles({ dataDir, seed: SEED, disk: disk.disk })).rejects.toMatchObject({
    name: 'StorageFull',
  })
  await expect(open(dataDir)).resolves.toBeDefined()
})

test('all sandboxes are listed in the order of their ids', async () => {
  const storage = await open(await temporaryFolder())
  const ids: string[] = []
  for (let count = 0; count < 12; count += 1) ids.push((await storage.create()).id)
  expect(await storage.sandboxIds()).toEqual(ids.sort())
})

test('a transaction that changes nothing writes nothing', async () => {
  const disk = new BrokenDisk()
  const store = await (await open(await temporaryFolder(), disk)).create()
  const before = disk.calls.length
  expect(await store.transact(async () => 'seen')).toBe('seen')
  expect(disk.calls).toHaveLength(before)
})

test("once the stored version has been read from the disk, it isn't read again", async () => {
  const disk = new BrokenDisk()
  const store = await (await open(await temporaryFolder(), disk)).create()
  disk.faults.set('sync', 'EIO')
  await expect(add(store, 'Alan')).rejects.toMatchObject({ name: 'Unconfirmed' })
  await store.read()
  disk.faults.clear()
  await store.read()
  const before = disk.calls.length
  await store.read()
  expect(disk.calls).toHaveLength(before)
})

test('a refused transaction names the table, and the row or the column', async () => {
  const store = await (await open(await temporaryFolder())).create()
  await expect(add(store, 'Ada')).rejects.toMatchObject({ table: 'users', column: 'email' })
  await expect(store.transact((draft) => draft.deleteUser(99))).rejects.toMatchObject({
    table: 'users',
    id: 99,
  })
})
