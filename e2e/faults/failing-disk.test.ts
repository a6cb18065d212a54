import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import { ask, readiness, usersOf, writeBio, writersOfNewSandbox, type Writer } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFiles, temporaryFolder, unreadable } from './folder.ts'
import { strace } from './strace.ts'

const ROUNDS = long(1, 20)
const NO_MOUNT = 'this user may not mount a small disk'

/** A temporary fault of a disk. */
interface Fault {
  /** The status of writes meanwhile. */
  status: number
  begin: () => Promise<unknown>
  end: () => Promise<unknown>
}

guarantee(
  'On a full disk writes answer 507, reads still work, and writes resume when there is space',
  async (row) => {
    const dataDir = await temporaryFolder()
    if (!mountSmallDisk(dataDir, 'size=1M')) {
      row.leftOut = NO_MOUNT
      return
    }
    const ballast = join(dataDir, 'ballast')
    const app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
    const tried = await holds(app, {
      status: 507,
      begin: () => writeFile(ballast, Buffer.alloc(2 * 1024 * 1024)).catch(() => undefined),
      end: () => rm(ballast),
    })
    row.tried = `${ROUNDS} times a disk of 1 MB filled up, then ${tried} writes over HTTP; after it a kill`
    row.figure = 'all 507; memory equal to disk; no temporary file stayed'
  },
  180_000 + ROUNDS * 60_000,
)

guarantee(
  'With no inodes left writes answer 507, reads still work, and writes resume when there are some',
  async (row) => {
    const dataDir = await temporaryFolder()
    if (!mountSmallDisk(dataDir, 'size=20M,nr_inodes=100')) {
      row.leftOut = NO_MOUNT
      return
    }
    const app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
    const ballast = Array.from({ length: 100 }, (_, index) => join(dataDir, `ballast-${index}`))
    const tried = await holds(app, {
      status: 507,
      begin: async () => {
        for (const file of ballast) await writeFile(file, '').catch(() => undefined)
      },
      end: () => Promise.all(ballast.map((file) => rm(file, { force: true }))),
    })
    row.tried = `${ROUNDS} times a disk of 100 inodes filled up, then ${tried} writes over HTTP; after it a kill`
    row.figure = 'all 507; memory equal to disk; no temporary file stayed'
  },
  60_000 + ROUNDS * 10_000,
)

guarantee(
  'On a disk that became read-only writes answer 503, reads still work, and writes resume when it is writable',
  async (row) => {
    const dataDir = await temporaryFolder()
    if (!mountSmallDisk(dataDir, 'size=20M')) {
      row.leftOut = NO_MOUNT
      return
    }
    const app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
    const remount = async (how: string) => execFileSync('mount', ['-o', `remount,${how}`, dataDir])
    const tried = await holds(app, { status: 503, begin: () => remount('ro'), end: () => remount('rw') })
    row.tried = `${ROUNDS} times a disk made read-only, then ${tried} writes over HTTP; after it a kill`
    row.figure = 'all 503; memory equal to disk; no temporary file stayed'
  },
  60_000 + ROUNDS * 10_000,
)

guarantee(
  'When the disk fails writes answer 503, reads still work, and writes resume when it works again',
  async (row) => {
    const app = await testApp({ env: { RATE_LIMIT: '0' } })
    const letGo = await strace(app, 'fdatasync')
    if (letGo === undefined) {
      row.leftOut = 'no strace here that may follow a process'
      return
    }
    await letGo()
    let end = async (): Promise<void> => undefined
    const tried = await holds(app, {
      status: 503,
      begin: async () => {
        end = (await strace(app, 'fdatasync', 'error=EIO')) ?? end
      },
      end: () => end(),
    })
    row.tried = `${ROUNDS} times EIO from each fdatasync, then ${tried} writes over HTTP; after it a kill`
    row.figure = 'all 503; memory equal to disk; no temporary file stayed'
  },
  180_000 + ROUNDS * 60_000,
)

/** Mounts a file system on a folder until the test ends. @returns false if this user may not mount one */
function mountSmallDisk(folder: string, options: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    return false
  }
  onTestFinished(() => void execFileSync('umount', [folder]))
  return true
}

/** Sets and clears the fault repeatedly, and compares the answers with the disk. @returns the writes of each round */
async function holds(app: App, fault: Fault): Promise<number> {
  const writers = await writersOfNewSandbox(app)
  const [{ sandbox }] = writers as [Writer]
  const room = await new RoomClient(app.origin).open()
  await room.host({ type: 'go-to', question: 'q1' })
  const mark = (label: string) => room.host({ type: 'mark', moment: randomUUID(), label })
  const signUp = (name: string) =>
    ask(app, 'POST', '/users/', {
      sandbox,
      body: { name, email: `${name}@example.com`, password: 'three green boats' },
    })

  const kept: string[] = []
  let tried = 0
  for (let round = 1; round <= ROUNDS; round += 1) {
    const before = await usersOf(app, sandbox)
    await fault.begin()
    const answers = await Promise.all([
      ...writers.map((writer) => writeBio(app, writer, `lost ${round}`)),
      signUp(`lost-${round}`),
      ask(app, 'POST', '/api/sandbox/reset', { sandbox }),
      ask(app, 'GET', '/api/sandbox'),
    ])
    for (const answer of answers) {
      expect([answer.status, await answer.json()]).toEqual([
        fault.status,
        { detail: expect.any(String) as unknown },
      ])
    }
    expect((await new RoomClient(app.origin).create()).status).toBe(fault.status)
    // An append may still fit into the last page that its file already has.
    const { status } = await mark(`full ${round}`)
    if (status === 200) kept.push(`full ${round}`)
    else expect(status).toBe(fault.status)
    tried = answers.length + 2
    expect(await usersOf(app, sandbox)).toEqual(before)
    expect((await ask(app, 'GET', '/users/', { sandbox })).status).toBe(200)
    await expect.poll(() => readiness(app)).toBe(503)

    await fault.end()
    for (const writer of writers) expect((await writeBio(app, writer, `kept ${round}`)).status).toBe(200)
    expect((await signUp(`kept-${round}`)).status).toBe(201)
    expect((await mark(`kept ${round}`)).status).toBe(200)
    kept.push(`kept ${round}`)
    await expect.poll(() => readiness(app)).toBe(200)
  }

  const inMemory = await usersOf(app, sandbox)
  expect(inMemory?.map(({ name }) => name)).not.toContain('lost-1')
  await app.kill()
  expect(await temporaryFiles(app.dataDir)).toEqual([])
  expect(await unreadable(app.dataDir)).toEqual([])
  const again = await testApp({ dataDir: app.dataDir, env: { RATE_LIMIT: '0' } })
  expect(await usersOf(again, sandbox)).toEqual(inMemory)
  const stream = await room.at(again.origin).hostStream()
  await stream.until(() => stream.raw().includes(`kept ${ROUNDS}`))
  const marks = new Set(stream.raw().match(/(full|kept) \d+/g))
  expect([...marks].sort()).toEqual(kept.sort())
  stream.close()
  return tried
}
