import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { BuildLock } from './build-lock.mjs'

async function place() {
  const folder = await mkdtemp(join(tmpdir(), 'viva-build-lock-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, '.viva', 'build.lock')
  return { folder, file, lock: new BuildLock(file) }
}

/** Takes it as a process does that tries until it has it. */
async function takes(lock: BuildLock): Promise<boolean> {
  return (await lock.take()) || (await lock.take())
}

test('one process holds the lock at a time, and others learn which', async () => {
  const { file, lock } = await place()
  expect(await lock.take()).toBe(true)
  const other = new BuildLock(file)
  expect(await takes(other)).toBe(false)
  expect(await other.holder()).toBe(process.pid)
  await lock.release()
  expect(await takes(other)).toBe(true)
})

test('the lock of a process that is gone is taken over', async () => {
  const { file, lock } = await place()
  await lock.take()
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((done) => child.on('close', done))
  await writeFile(
    file,
    JSON.stringify({ ...(JSON.parse(await readFile(file, 'utf8')) as object), pid: child.pid }),
  )
  expect(await takes(lock)).toBe(true)
})

test.runIf(process.platform === 'linux')(
  'so is one whose id another process has by now, as in a container that starts again',
  async () => {
    const { file, lock } = await place()
    await lock.take()
    await writeFile(file, JSON.stringify({ pid: process.pid, began: 'another boot 1' }))
    expect(await takes(lock)).toBe(true)
  },
)

test.each(['', String(process.pid), 'not JSON', '{"pid":"1"}', 'null'])(
  'a lock file with the content %j is waited for while it may still be written, and then taken over',
  async (content) => {
    const { file, lock } = await place()
    await lock.take()
    await writeFile(file, content)
    // Still new however busy this machine is.
    const [future, past] = [new Date(Date.now() + 60_000), new Date(Date.now() - 60_000)]
    await utimes(file, future, future)
    expect(await takes(lock)).toBe(false)
    await utimes(file, past, past)
    expect(await takes(lock)).toBe(true)
  },
)

test("if it can't be written, one line says what to do", async () => {
  const { folder } = await place()
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  await expect(new BuildLock(join(file, 'build.lock')).take()).rejects.toThrow(
    /^.*build\.lock can't be written \((ENOTDIR|EEXIST)\): start as the owner.*$/,
  )
})
