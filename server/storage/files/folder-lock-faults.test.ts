import fs from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { StorageFull, StorageUnavailable } from '../errors.ts'
import { lockFolder } from './folder-lock.ts'
import { HEARTBEAT_MS, thisProcess } from './lock-holder.ts'
import { stopClock, stopIntervals } from '../testing/stopped-clock.ts'
import { temporaryFolder } from '../testing/temporary.ts'

type Call = 'linkSync' | 'readdirSync' | 'writeFileSync' | 'renameSync'

/** Lets a call of the file system do something else until the test is over. @param instead is given the real one */
function replace<C extends Call>(call: C, instead: (real: (typeof fs)[C], ...args: unknown[]) => void): void {
  const real = fs[call]
  const spy = vi.spyOn(fs, call as 'linkSync').mockImplementation((...args) => instead(real, ...args))
  syncBuiltinESMExports()
  onTestFinished(() => {
    spy.mockRestore()
    syncBuiltinESMExports()
  })
}

function failing(code: string): Error {
  return Object.assign(new Error(code), { code })
}

async function locksIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort()
}

test('a refused process is told which one holds the lock, and what to do', async () => {
  const folder = await temporaryFolder()
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(
    `The data folder ${folder} is in use by process ${process.pid} on ${hostname()}: stop that process, or set DATA_DIR to another folder.`,
  )
  lock.release()
})

test('a file whose name only looks like a lock is ignored', async () => {
  const folder = await temporaryFolder()
  for (const name of ['block.8', 'lock.9x', 'lock.', 'lock.1.json']) await writeFile(join(folder, name), '')
  const lock = await lockFolder(folder)
  expect(await locksIn(folder)).toContain('lock.1')
  lock.release()
})

test.each(['EEXIST', 'ENOENT'])(
  'when another process was quicker (%s), it checks again and finds the folder locked or free',
  async (code) => {
    const folder = await temporaryFolder()
    let times = 0
    replace('linkSync', (real, ...args) => {
      times += 1
      if (times === 1) throw failing(code)
      real(...(args as Parameters<typeof real>))
    })
    const lock = await lockFolder(folder)
    expect([times, await locksIn(folder)]).toEqual([2, ['lock.1']])
    lock.release()
  },
)

test.each([
  ['ENOSPC', StorageFull],
  ['EROFS', StorageUnavailable],
] as const)('a folder that takes no lock (%s) is a fault, and nothing is left in it', async (code, fault) => {
  const folder = await temporaryFolder()
  replace('linkSync', () => {
    throw failing(code)
  })
  await expect(lockFolder(folder)).rejects.toThrow(fault)
  expect(await locksIn(folder)).toEqual([])
})

test('a lock number that is no longer the highest once created is given up for a higher one', async () => {
  const folder = await temporaryFolder()
  let times = 0
  replace('linkSync', (real, ...args) => {
    real(...(args as Parameters<typeof real>))
    times += 1
    // Another process took this number, released it, and did the same with the next one.
    if (times === 1)
      fs.writeFileSync(join(folder, 'lock.2'), JSON.stringify({ ...thisProcess(), released: true }))
  })
  const lock = await lockFolder(folder)
  expect([times, await locksIn(folder)]).toEqual([2, ['lock.3']])
  expect(lock.held()).toBe(true)
  lock.release()
})

test('a process that stood still for two signs of life looks whether it was taken for dead, and not before', async () => {
  stopClock()
  const folder = await temporaryFolder()
  const lock = await lockFolder(folder)
  await writeFile(join(folder, 'lock.2'), JSON.stringify(thisProcess()))
  vi.setSystemTime(Date.now() + 2 * HEARTBEAT_MS)
  expect(lock.held()).toBe(true)
  vi.setSystemTime(Date.now() + 1)
  expect(lock.held()).toBe(false)
})

test('a lock whose file is gone holds no more, and is not made again by letting go', async () => {
  stopClock()
  const folder = await temporaryFolder()
  const lock = await lockFolder(folder)
  await rm(join(folder, 'lock.1'))
  expect(lock.held()).toBe(true)
  vi.advanceTimersByTime(HEARTBEAT_MS)
  expect(lock.held()).toBe(false)
  lock.release()
  expect(await locksIn(folder)).toEqual([])
})

test.each<Call>(['writeFileSync', 'renameSync'])(
  "releasing the lock when %s fails doesn't crash and leaves no draft",
  async (call) => {
    const folder = await temporaryFolder()
    const lock = await lockFolder(folder)
    replace(call, (real, ...args) => {
      // What a full disk leaves behind: a file, and nothing in it.
      if (call === 'writeFileSync') (real as typeof fs.writeFileSync)(args[0] as string, '')
      throw failing('ENOSPC')
    })
    expect(() => lock.release()).not.toThrow()
    expect(await locksIn(folder)).toEqual(['lock.1'])
  },
)

test("a folder that can't be listed at the moment costs no process its lock", async () => {
  stopIntervals()
  const folder = await temporaryFolder()
  const lock = await lockFolder(folder)
  const listed = vi.fn()
  replace('readdirSync', () => {
    listed()
    throw failing('EMFILE')
  })
  vi.advanceTimersByTime(10_000)
  expect(listed).toHaveBeenCalled()
  expect(lock.held()).toBe(true)
})

test('drafts of locks left behind by a kill are removed at the next start', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, '.lock-7'), '{}')
  const lock = await lockFolder(folder)
  expect(await readdir(folder)).toEqual(['lock.1'])
  lock.release()
  expect(JSON.parse(await readFile(join(folder, 'lock.1'), 'utf8'))).toMatchObject({ released: true })
})
