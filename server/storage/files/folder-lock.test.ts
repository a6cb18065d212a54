import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { cp, readdir, rm, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { DataFolderInUse } from '../errors.ts'
import { lockFolder } from './folder-lock.ts'
import { thisProcess } from './lock-holder.ts'
import { Child, buildChild } from '../testing/child-process.ts'
import { temporaryFolder } from '../testing/temporary.ts'

beforeAll(buildChild)

/** Starts so many and lets all of them open the folder in the same millisecond. */
async function startAtOnce(folder: string, count: number): Promise<Child[]> {
  const children = Array.from({ length: count }, () => new Child(folder, 'hold'))
  onTestFinished(async () => void (await Promise.all(children.map((child) => child.kill()))))
  await Promise.all(children.map((child) => child.ready()))
  const moment = Date.now() + 100
  await Promise.all(children.map((child) => child.open(moment)))
  return children
}

test('of 12 processes that start at once exactly one runs, and the others report which', async () => {
  const folder = await temporaryFolder()
  const children = await startAtOnce(folder, 12)
  const [running, ...more] = children.filter(({ runs }) => runs)
  expect(more).toEqual([])
  for (const child of children) {
    if (child === running) continue
    await child.ended
    expect(child.error).toBe(
      `The data folder ${folder} is in use by process ${running?.pid} on ${hostname()}: ` +
        'stop that process, or set DATA_DIR to another folder.\n',
    )
  }
})

test('after a kill exactly one of several starting processes takes over', async () => {
  const folder = await temporaryFolder()
  for (let round = 0; round < 4; round += 1) {
    const children = await startAtOnce(folder, 4)
    expect(children.filter(({ runs }) => runs)).toHaveLength(1)
    await Promise.all(children.map((child) => child.kill()))
  }
  expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toHaveLength(1)
})

test("a released lock can be taken by the next process, and a process can't take its own lock twice", async () => {
  const folder = await temporaryFolder()
  const first = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(DataFolderInUse)
  first.release()
  const second = await lockFolder(folder)
  expect(second.held()).toBe(true)
  second.release()
})

test('a copy of a folder in use says so, and never that its process should be stopped', async () => {
  const folder = await temporaryFolder()
  const lock = await lockFolder(folder)
  const copy = await temporaryFolder()
  await cp(folder, copy, { recursive: true })
  await expect(lockFolder(copy)).rejects.toThrow(
    `The data folder ${copy} looks like a copy of one that process ${process.pid} on ${hostname()} uses. ` +
      `If it is a copy, delete ${join(copy, 'lock.1')}; that process may go on.`,
  )
  await rm(join(copy, 'lock.1'))
  const ofCopy = await lockFolder(copy)
  expect([ofCopy.held(), lock.held()]).toEqual([true, true])
  ofCopy.release()
  lock.release()
})

test('a lock that was emptied by a power cut, or whose process id is reused, keeps no one out', async () => {
  const folder = await temporaryFolder()
  await writeFile(join(folder, 'lock.7'), '')
  const first = await lockFolder(folder)
  first.release()
  await writeFile(join(folder, 'lock.9'), JSON.stringify({ ...thisProcess(), began: '1' }))
  const second = await lockFolder(folder)
  second.release()
  expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toEqual(['lock.10'])
})

test.runIf(process.platform === 'linux')(
  'a killed holder that its parent has not reaped keeps no one out',
  async () => {
    const folder = await temporaryFolder()
    const parent = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exec sleep 60'])
    onTestFinished(() => void parent.kill())
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line)
    const stat = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')
    await expect.poll(() => stat()[2]).toBe('Z')
    await writeFile(join(folder, 'lock.1'), JSON.stringify({ ...thisProcess(), pid, began: stat()[21] }))
    const lock = await lockFolder(folder)
    expect(lock.held()).toBe(true)
    lock.release()
  },
)
