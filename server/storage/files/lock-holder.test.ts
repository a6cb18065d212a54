import { readFileSync } from 'node:fs'
import { utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { HEARTBEAT_MS, Holder, isAlive, thisProcess } from './lock-holder.ts'
import { temporaryFolder } from '../testing/temporary.ts'

// Vitest's fake timers leave this module alone.
vi.mock('node:timers/promises', () => ({
  setTimeout: (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds)),
}))

const NOWHERE = '/nowhere/lock.1'
/** Above the largest id that Linux gives. */
const NOBODY = 2 ** 22 + 1

test('a process records how others on the same machine can identify it', () => {
  const me = thisProcess()
  expect(Holder.parse(me)).toEqual(me)
  expect(me).toMatchObject({ pid: process.pid, host: hostname(), released: false })
})

describe.runIf(process.platform === 'linux')('where the system tells of processes', () => {
  test("the place is the boot and the namespace, and the start time is the system's", () => {
    const { place, began } = thisProcess()
    expect(place).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} pid:\[\d+\]$/)
    // The name, which may hold spaces, ends with the last bracket; the begin is the twentieth field after it.
    const [, fields = ''] = /^.*\) (.*)$/s.exec(readFileSync('/proc/self/stat', 'utf8')) ?? []
    expect(began).toBe(fields.split(' ')[19])
    expect(Number(began)).toBeGreaterThan(0)
  })

  test('a process is alive if it is running and is the one that wrote the lock', async () => {
    const me = thisProcess()
    expect(await isAlive(me, NOWHERE)).toBe(true)
    expect(await isAlive({ ...me, began: `${me.began}0` }, NOWHERE)).toBe(false)
    expect(await isAlive({ ...me, released: true }, NOWHERE)).toBe(false)
  })

  test('an unused process id is dead, even if its start time is unknown', async () => {
    expect(await isAlive({ ...thisProcess(), pid: NOBODY, began: '' }, NOWHERE)).toBe(false)
  })

  test('a process of another user counts as running, although it may not be signalled', async () => {
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('not permitted'), { code: 'EPERM' })
    })
    onTestFinished(() => kill.mockRestore())
    expect(await isAlive(thisProcess(), NOWHERE)).toBe(true)
  })
})

test.each([
  ['on another machine', { place: 'another machine' }],
  ['whose start time the system does not report', { began: '' }],
])('a process %s proves that it is alive by touching its file', async (_, unknown) => {
  const folder = await temporaryFolder()
  const files = ['beats', 'silent', 'missing'].map((name) => join(folder, name))
  const [beats = '', silent = ''] = files
  await Promise.all([writeFile(beats, ''), writeFile(silent, '')])
  const holder = { ...thisProcess(), ...unknown }
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const asked = Promise.all(files.map((file) => isAlive(holder, file)))
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS)
  await utimes(beats, new Date(), new Date())
  let decided = false
  void asked.then(() => (decided = true))
  // Two signs of life have room in what it waits.
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS + 1)
  expect(decided).toBe(false)
  await vi.advanceTimersByTimeAsync(HEARTBEAT_MS)
  expect(await asked).toEqual([true, false, false])
})
