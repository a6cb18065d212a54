import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { SANDBOX_LIFETIME_MS, openFiles } from './open-files.ts'
import { sandboxFile } from './sandbox-files.ts'
import type { SandboxStore, Storage } from '../storage.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { person, SEED } from '../testing/seed.ts'
import { stopIntervals } from '../testing/stopped-clock.ts'
import { temporaryFolder } from '../testing/temporary.ts'

async function open(dataDir: string, disk = new BrokenDisk()): Promise<Storage> {
  const storage = await openFiles({ dataDir, seed: SEED, disk: disk.disk })
  onTestFinished(() => storage.close())
  return storage
}

function add(store: SandboxStore, name: string) {
  return store.transact((draft) => draft.insertUser(person(name)))
}

async function names(store: SandboxStore): Promise<string[]> {
  return (await store.read()).users.map(({ name }) => name)
}

test('the parent folders of the data are flushed, too, since the data folder itself may be new', async () => {
  const dataDir = await temporaryFolder()
  const disk = new BrokenDisk()
  await open(dataDir, disk)
  const above = dataDir.split('/').slice(0, -1).reverse()
  expect(disk.calls.filter((call) => call.startsWith('sync '))).toEqual(
    [dataDir.split('/').at(-1), ...above].map((name) => `sync ${name}`),
  )
})

test.each([
  ['close', 'EIO', 'StorageUnavailable'],
  ['open', 'EMFILE', 'StorageUnavailable'],
] as const)('%s fails with %s: no success is reported', async (call, code, name) => {
  const dataDir = await temporaryFolder()
  const disk = new BrokenDisk()
  const store = await (await open(dataDir, disk)).create()
  const before = await store.read()
  disk.faults.set(call, code)
  await expect(add(store, 'Alan')).rejects.toMatchObject({ name })
  disk.faults.clear()
  expect(await store.read()).toBe(before)
  expect(await add(store, 'Alan')).toMatchObject({ id: 3 })
  const files = await readdir(join(dataDir, 'sandboxes'), { recursive: true })
  expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([])
})

test('without space for its folder a new sandbox is refused as full, and created once there is space', async () => {
  const disk = new BrokenDisk()
  const storage = await open(await temporaryFolder(), disk)
  disk.faults.set('mkdir', 'ENOSPC')
  await expect(storage.create()).rejects.toMatchObject({ name: 'StorageFull' })
  disk.faults.clear()
  expect(await names(await storage.create())).toEqual(['Ada', 'Grace'])
})

test("while the folder can't be flushed, reads return what was confirmed, and writes are refused", async () => {
  const disk = new BrokenDisk()
  const store = await (await open(await temporaryFolder(), disk)).create()
  disk.faults.set('sync', 'EIO')
  await expect(add(store, 'Alan')).rejects.toMatchObject({ name: 'Unconfirmed' })
  const written = disk.count('rename')
  expect(await names(store)).toEqual(['Ada', 'Grace'])
  await expect(add(store, 'Barbara')).rejects.toMatchObject({ name: 'StorageUnavailable' })
  expect(disk.count('rename')).toBe(written)
})

test('what a failed flush left behind is flushed before it can be read', async () => {
  const disk = new BrokenDisk()
  const { id, ...store } = await (await open(await temporaryFolder(), disk)).create()
  disk.faults.set('sync', 'EIO')
  await expect(store.transact((draft) => draft.deleteUser(1))).rejects.toMatchObject({ name: 'Unconfirmed' })
  disk.faults.clear()
  disk.calls.length = 0
  expect((await store.read()).users).toMatchObject([{ name: 'Grace' }])
  expect(disk.calls).toEqual([`open ${id.slice(0, 2)}`, `sync ${id.slice(0, 2)}`, `readFile ${id}.json`])
})

test('a commit during closing is stored or refused, and never written later', async () => {
  const dataDir = await temporaryFolder()
  const disk = new BrokenDisk()
  const storage = await open(dataDir, disk)
  const store = await storage.create()
  const commits = [add(store, 'First'), add(store, 'Second')]
  const closing = storage.close()
  commits.push(add(store, 'Third'))
  const outcomes = Promise.allSettled(commits)
  await closing
  const written = disk.count('writeFile')
  const stored = (await outcomes).filter(({ status }) => status === 'fulfilled').length
  await new Promise((done) => setTimeout(done, 50))
  expect(disk.count('writeFile')).toBe(written)
  const again = await (await open(dataDir)).sandbox(store.id)
  expect((await again!.read()).users).toHaveLength(2 + stored)
})

test('a sandbox that is used after the search for unused ones is not removed', async () => {
  stopIntervals()
  const dataDir = await temporaryFolder()
  const first = await open(dataDir)
  const ids = [(await first.create()).id, (await first.create()).id]
  await first.close()
  const fileOf = (id: string) => sandboxFile(join(dataDir, 'sandboxes'), id).file
  const longAgo = new Date(Date.now() - SANDBOX_LIFETIME_MS - 60_000)
  for (const id of ids) await utimes(fileOf(id), longAgo, longAgo)

  const disk = new BrokenDisk()
  const { unlink } = disk.disk
  const removed: string[] = []
  disk.disk.unlink = async (file) => {
    if (ids.some((id) => fileOf(id) === file)) {
      // The first removal has started: the other one is used now.
      removed.push(file)
      for (const id of ids) if (fileOf(id) !== file) await utimes(fileOf(id), new Date(), new Date())
    }
    await unlink(file)
  }
  await open(dataDir, disk)
  vi.advanceTimersByTime(60_000)
  await expect.poll(() => removed.length).toBe(1)
  await new Promise((done) => setTimeout(done, 100))
  expect(removed).toHaveLength(1)
})

test("a sandbox that can't be checked or removed doesn't keep others from being removed", async () => {
  stopIntervals()
  const dataDir = await temporaryFolder()
  const first = await open(dataDir)
  const ids = await Promise.all(Array.from({ length: 4 }, async () => (await first.create()).id))
  await first.close()
  const fileOf = (id: string) => sandboxFile(join(dataDir, 'sandboxes'), id).file
  const longAgo = new Date(Date.now() - SANDBOX_LIFETIME_MS - 60_000)
  for (const id of ids) await utimes(fileOf(id), longAgo, longAgo)

  const disk = new BrokenDisk()
  const { stat, unlink } = disk.disk
  const failing = (call: (file: string) => Promise<unknown>, id?: string) => (file: string) =>
    file === fileOf(id ?? '') ? Promise.reject(new Error('EIO')) : call(file)
  disk.disk.stat = failing(stat, ids[0]) as typeof stat
  disk.disk.unlink = failing(unlink, ids[1]) as typeof unlink
  await open(dataDir, disk)
  vi.advanceTimersByTime(60_000)
  const left = async () =>
    (await readdir(join(dataDir, 'sandboxes'), { recursive: true })).filter((name) => name.endsWith('.json'))
  await expect.poll(left).toHaveLength(2)
})
