import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { Backups } from './backups.ts'
import { SANDBOX_LIFETIME_MS, openFiles } from './open-files.ts'
import { sandboxFile } from './sandbox-files.ts'
import type { SandboxStore, Storage } from '../storage.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { person, SEED } from '../testing/seed.ts'
import { stopIntervals } from '../testing/stopped-clock.ts'
import { temporaryFolder } from '../testing/temporary.ts'

const HOUR_MS = 60 * 60_000
const NOON = Date.parse('2026-01-01T12:34:56Z')

async function open(dataDir: string): Promise<Storage> {
  const storage = await openFiles({ dataDir, seed: SEED })
  onTestFinished(() => storage.close())
  return storage
}

function add(store: SandboxStore, name: string) {
  return store.transact((draft) => draft.insertUser(person(name)))
}

function fileOf(dataDir: string, id: string): string {
  return sandboxFile(join(dataDir, 'sandboxes'), id).file
}

/** All backups, as `<folder>/<id>.json`. */
async function backupsIn(dataDir: string): Promise<string[]> {
  const files = await readdir(join(dataDir, 'backups'), { recursive: true }).catch(() => [])
  return files.filter((file) => file.endsWith('.json')).sort()
}

async function usersIn(file: string): Promise<string[]> {
  const { data } = JSON.parse(await readFile(file, 'utf8')) as { data: { users: { name: string }[] } }
  return data.users.map(({ name }) => name)
}

async function withSandboxes(count: number) {
  const dataDir = await temporaryFolder()
  const storage = await open(dataDir)
  const stores: SandboxStore[] = []
  while (stores.length < count) stores.push(await storage.create())
  const disk = new BrokenDisk()
  return { dataDir, storage, stores, disk, backups: new Backups(dataDir, disk.disk) }
}

test('a backup keeps what a sandbox contained at that hour, and takes no space until the sandbox changes', async () => {
  const { dataDir, stores, backups } = await withSandboxes(1)
  const [store] = stores as [SandboxStore]
  await backups.make(NOON)
  const backup = join(dataDir, 'backups/2026-01-01T12', `${store.id}.json`)
  expect((await stat(backup)).ino).toBe((await stat(fileOf(dataDir, store.id))).ino)
  await add(store, 'Alan')
  expect(await usersIn(backup)).toEqual(['Ada', 'Grace'])
  expect(await usersIn(fileOf(dataDir, store.id))).toEqual(['Ada', 'Grace', 'Alan'])
})

test('only what changed since the last run is read and backed up', async () => {
  const { dataDir, stores, disk, backups } = await withSandboxes(5)
  const began = Date.now()
  // The files are older than what the last backup covers.
  for (const { id } of stores)
    await utimes(fileOf(dataDir, id), new Date(began - HOUR_MS), new Date(began - HOUR_MS))
  await backups.make(began)
  expect(await backupsIn(dataDir)).toHaveLength(5)
  await add(stores[2]!, 'Alan')
  disk.calls.length = 0
  await backups.make(began + HOUR_MS)
  const hour = new Date(began + HOUR_MS).toISOString().slice(0, 13)
  expect(disk.calls.filter((call) => /^(link|readFile)/.test(call))).toEqual([
    `readFile ${stores[2]!.id}.json`,
    `link ${stores[2]!.id}.json`,
  ])
  expect(await backupsIn(dataDir)).toContain(`${hour}/${stores[2]!.id}.json`)
  expect(await backupsIn(dataDir)).toHaveLength(6)
})

test('a second run within the hour replaces the older state by the newer one', async () => {
  const { dataDir, stores, backups } = await withSandboxes(1)
  await backups.make(NOON)
  await add(stores[0]!, 'Alan')
  await backups.make(NOON + 60_000)
  const [file] = await backups.list(stores[0]!.id)
  expect(await usersIn(file!)).toEqual(['Ada', 'Grace', 'Alan'])
  expect(await backupsIn(dataDir)).toHaveLength(1)
})

test('a damaged file never takes the place of a good backup, and the others are backed up', async () => {
  const { dataDir, stores, backups } = await withSandboxes(2)
  const [bad, good] = stores as [SandboxStore, SandboxStore]
  await backups.make(NOON)
  await rm(fileOf(dataDir, bad.id))
  await writeFile(fileOf(dataDir, bad.id), 'cut')
  await add(good, 'Alan')
  await backups.make(NOON + 60_000)
  expect(await usersIn((await backups.list(bad.id))[0]!)).toEqual(['Ada', 'Grace'])
  expect(await usersIn((await backups.list(good.id))[0]!)).toEqual(['Ada', 'Grace', 'Alan'])
})

test("when one file can't be read, the next run starts from where this one started", async () => {
  const { dataDir, stores, disk, backups } = await withSandboxes(2)
  disk.faults.set('readFile', 'EIO')
  await backups.make(Date.now())
  expect(await backupsIn(dataDir)).toEqual([])
  disk.faults.clear()
  await backups.make(Date.now() + HOUR_MS)
  expect(await backupsIn(dataDir)).toHaveLength(stores.length)
})

test('setting the clock back loses no change', async () => {
  const { dataDir, stores, backups } = await withSandboxes(1)
  await backups.make(Date.now() + 48 * HOUR_MS)
  await add(stores[0]!, 'Alan')
  await backups.make(Date.now())
  expect(await backupsIn(dataDir)).toHaveLength(2)
})

test('hours are pruned after 24, but the newest backup of each existing sandbox stays', async () => {
  const { dataDir, stores, backups } = await withSandboxes(2)
  const [quiet, busy] = stores as [SandboxStore, SandboxStore]
  await backups.make(NOON)
  for (let hour = 1; hour <= 30; hour += 1) {
    await add(busy, `P${hour}`)
    await backups.backUp(busy.id, NOON + hour * HOUR_MS)
    await backups.prune(NOON + hour * HOUR_MS)
  }
  const hours = (await readdir(join(dataDir, 'backups'))).filter((name) => name.startsWith('2026'))
  expect(hours).toHaveLength(25)
  expect(hours.sort()[0]).toBe('2026-01-01T18')
  expect(await backups.list(quiet.id)).toEqual([join(dataDir, 'backups/older', `${quiet.id}.json`)])
  const ofBusy = await backups.list(busy.id)
  expect(ofBusy).toHaveLength(26)
  expect(await usersIn(ofBusy[0]!)).toContain('P30')
  expect(await usersIn(ofBusy.at(-1)!)).toEqual(['Ada', 'Grace', ...[1, 2, 3, 4, 5].map((n) => `P${n}`)])
})

test('pruning works when the older backup is a hard link to the same file', async () => {
  const { stores, backups } = await withSandboxes(1)
  const { id } = stores[0]!
  for (const hour of [0, 1]) await backups.backUp(id, NOON + hour * HOUR_MS)
  await backups.prune(NOON + 30 * HOUR_MS)
  expect(await backups.list(id)).toHaveLength(1)
})

test('the last backup of a removed sandbox is deleted after 24 hours', async () => {
  stopIntervals()
  const { dataDir, storage, stores, backups } = await withSandboxes(1)
  const { id } = stores[0]!
  await backups.backUp(id, NOON)
  await backups.prune(Date.now())
  expect(await backups.list(id)).toEqual([join(dataDir, 'backups/older', `${id}.json`)])
  await storage.close()
  const longAgo = new Date(Date.now() - SANDBOX_LIFETIME_MS - HOUR_MS)
  await utimes(fileOf(dataDir, id), longAgo, longAgo)

  await open(dataDir)
  vi.advanceTimersByTime(60_000)
  await expect.poll(() => backups.list(id)).toEqual([expect.not.stringContaining('older')])
  await expect(stat(fileOf(dataDir, id))).rejects.toThrow(/ENOENT/)
  await backups.prune(Date.now() + 25 * HOUR_MS)
  expect(await backupsIn(dataDir)).toEqual([])
})

test('closing the storage waits for running backups and starts no more', async () => {
  stopIntervals()
  const dataDir = await temporaryFolder()
  const disk = new BrokenDisk()
  const { link } = disk.disk
  const storage = await openFiles({ dataDir, seed: SEED, disk: disk.disk })
  for (let count = 0; count < 20; count += 1) await storage.create()
  // It is told to close while the first backup is being made.
  const closed = new Promise<void>((done) => {
    disk.disk.link = async (...files) => {
      const closing = storage.close()
      await link(...files)
      closing.then(done, done)
    }
  })
  vi.advanceTimersByTime(60_000)
  await closed
  const calls = disk.calls.length
  await new Promise((done) => setTimeout(done, 50))
  expect(disk.count('link')).toBe(1)
  expect(disk.calls).toHaveLength(calls)
})

test('a backup of a sandbox that did not change within the hour is left as it is', async () => {
  const { stores, disk, backups } = await withSandboxes(1)
  await backups.backUp(stores[0]!.id, NOON)
  disk.calls.length = 0
  await backups.backUp(stores[0]!.id, NOON + 60_000)
  expect(disk.calls.filter((call) => /^(link|unlink)/.test(call))).toEqual([])
})

test("when one file can't be read, everything that changed since the previous run is checked again", async () => {
  const { stores, disk, backups, dataDir } = await withSandboxes(2)
  const [bad, good] = stores as [SandboxStore, SandboxStore]
  const began = Date.now()
  for (const { id } of stores) await utimes(fileOf(dataDir, id), new Date(began), new Date(began))
  const { readFile: read } = disk.disk
  disk.disk.readFile = (file) =>
    file.includes(bad.id) ? Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' })) : read(file)
  await backups.make(began + 2 * HOUR_MS)
  expect((await backupsIn(dataDir)).map((file) => file.slice(-31))).toEqual([`${good.id}.json`])
  disk.disk.readFile = read
  await backups.make(began + 3 * HOUR_MS)
  expect(await backups.list(bad.id)).toHaveLength(1)
})

test('when only a damaged file fails, the next run checks just what changes later', async () => {
  const { stores, disk, backups, dataDir } = await withSandboxes(2)
  const [bad] = stores as [SandboxStore]
  const began = Date.now()
  await writeFile(fileOf(dataDir, bad.id), 'cut')
  for (const { id } of stores) await utimes(fileOf(dataDir, id), new Date(began), new Date(began))
  await backups.make(began + 2 * HOUR_MS)
  disk.calls.length = 0
  await backups.make(began + 3 * HOUR_MS)
  expect(disk.count('readFile')).toBe(0)
})

test('with nothing to prune no folder is created, and a failing disk is a fault', async () => {
  const { stores, disk, backups, dataDir } = await withSandboxes(1)
  const { id } = stores[0]!
  await backups.backUp(id, NOON)
  await backups.prune(NOON + HOUR_MS)
  expect(await readdir(join(dataDir, 'backups'))).toEqual(['2026-01-01T12'])
  disk.faults.set('unlink', 'EIO')
  await expect(backups.forget(id)).rejects.toThrow('EIO')
  disk.faults.clear()
  await expect(backups.forget(id)).resolves.toBeUndefined()
  disk.faults.set('stat', 'EIO')
  await expect(backups.list(id)).rejects.toThrow('EIO')
})

test("a folder that isn't an hour is ignored", async () => {
  const { stores, backups, dataDir } = await withSandboxes(1)
  const { id } = stores[0]!
  await backups.backUp(id, NOON)
  for (const name of ['x2026-01-01T11', '2026-01-01T11x']) {
    await mkdir(join(dataDir, 'backups', name))
    await writeFile(join(dataDir, 'backups', name, `${id}.json`), '')
  }
  expect(await backups.list(id)).toEqual([join(dataDir, 'backups/2026-01-01T12', `${id}.json`)])
})

test('when several hours are pruned at once the newest backup stays', async () => {
  const { stores, backups } = await withSandboxes(1)
  const [store] = stores as [SandboxStore]
  for (const [hour, name] of ['Alan', 'Barbara', 'Edsger'].entries()) {
    await add(store, name)
    await backups.backUp(store.id, NOON + hour * HOUR_MS)
  }
  await backups.prune(NOON + 40 * HOUR_MS)
  const [kept, ...more] = await backups.list(store.id)
  expect(more).toEqual([])
  expect(await usersIn(kept!)).toContain('Edsger')
})
