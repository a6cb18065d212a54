import { execFileSync } from 'node:child_process'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openFiles } from './open-files.ts'
import { BrokenDisk } from '../testing/broken-disk.ts'
import { person, SEED } from '../testing/seed.ts'
import { temporaryFolder } from '../testing/temporary.ts'

/** A disk of 1 MB, where this user may mount one; else one that says that it is full. */
async function smallDisk() {
  const dataDir = await temporaryFolder()
  const broken = new BrokenDisk()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1M', 'tmpfs', dataDir], { stdio: 'ignore' })
  } catch {
    const fill = async () => void broken.faults.set('writeFile', 'ENOSPC')
    return { dataDir, disk: broken.disk, fill, makeRoom: async () => broken.faults.clear() }
  }
  onTestFinished(() => void execFileSync('umount', [dataDir]))
  const ballast = join(dataDir, 'ballast')
  const fill = () => writeFile(ballast, Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined)
  return { dataDir, disk: broken.disk, fill, makeRoom: () => rm(ballast) }
}

test('on a full disk nothing is acknowledged, reads still work, and writes resume when there is space', async () => {
  const { dataDir, disk, fill, makeRoom } = await smallDisk()
  const storage = await openFiles({ dataDir, seed: SEED, disk })
  const store = await storage.create()
  const before = await store.read()
  const add = (name: string) => store.transact((draft) => draft.insertUser(person(name)))

  await fill()
  const writes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => add(`P${index}`)))
  for (const write of writes)
    expect(write).toMatchObject({ status: 'rejected', reason: { name: 'StorageFull' } })
  await expect(storage.create()).rejects.toMatchObject({ name: 'StorageFull' })
  expect(await store.read()).toBe(before)
  const files = await readdir(join(dataDir, 'sandboxes'), { recursive: true })
  expect(files.filter((file) => file.includes('.'))).toEqual([`${store.id.slice(0, 2)}/${store.id}.json`])

  await makeRoom()
  expect(await add('Alan')).toMatchObject({ id: 3 })
  await storage.close()

  const again = await openFiles({ dataDir, seed: SEED })
  const { users } = await (await again.sandbox(store.id))!.read()
  expect(users.map(({ name }) => name)).toEqual(['Ada', 'Grace', 'Alan'])
  await again.close()
})
