import { readdir, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { DataFolderInUse } from './errors.ts'
import { lockFolder } from './folder-lock.ts'
import { Child, buildChild } from './testing/child-process.ts'
import { temporaryFolder } from './testing/temporary-folder.ts'

beforeAll(buildChild)

test('of 12 processes that start at once exactly one runs, and the others say which', async () => {
  const folder = await temporaryFolder()
  const children = Array.from({ length: 12 }, () => new Child(folder, 'hold'))
  onTestFinished(async () => void (await Promise.all(children.map((child) => child.kill()))))
  await Promise.all(children.map((child) => child.settled()))
  const [running, ...more] = children.filter(({ out }) => out === 'open\n')
  expect(more).toEqual([])
  for (const child of children) {
    if (child === running) continue
    await child.ended
    expect(child.error).toBe(
      `The data folder ${folder} is in use by process ${running?.pid} on ${hostname()}: ` +
        'stop that one, or set DATA_DIR to another folder.\n',
    )
  }
}, 60_000)

test('after a kill exactly one of 4 starters takes over', async () => {
  const folder = await temporaryFolder()
  for (let round = 0; round < 2; round += 1) {
    const children = Array.from({ length: 4 }, () => new Child(folder, 'hold'))
    await Promise.all(children.map((child) => child.settled()))
    expect(children.filter(({ out }) => out === 'open\n')).toHaveLength(1)
    await Promise.all(children.map((child) => child.kill()))
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toHaveLength(1)
}, 60_000)

test('who lets go lets the next one in, and a process refuses itself too', async () => {
  const folder = await temporaryFolder()
  const first = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(DataFolderInUse)
  first.release()
  const second = await lockFolder(folder)
  expect(second.held()).toBe(true)
  second.release()
})

test('a lock that a power cut emptied, or whose process id is another process now, holds nobody off', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lock.7'), '')
  const first = await lockFolder(folder)
  first.release()
  const { thisProcess } = await import('./lock-holder.ts')
  await writeFile(join(folder, 'lock.9'), JSON.stringify({ ...thisProcess(), began: '1' }))
  const second = await lockFolder(folder)
  second.release()
  expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toEqual(['lock.10'])
})
