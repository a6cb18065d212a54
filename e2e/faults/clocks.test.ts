import { copyFile, mkdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { usedBy } from '#contract/interview/clock.ts'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import { newSandbox, usersOf } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFolder } from './folder.ts'

const HOUR_MS = 60 * 60_000
const DAY = 24 * HOUR_MS
const preload = resolve(import.meta.dirname, '../support/moved-clock.mjs')
/** An hour passes for the app in a second, so its hourly sweep runs every second. */
const SPEED = 3_600
/** Offsets of the clock, and for how many of the app's hours. */
const JUMPS = long([-HOUR_MS, 100 * DAY], [HOUR_MS, -HOUR_MS, DAY, -DAY, 100 * DAY, -100 * DAY])
const WRONG_FOR_HOURS = long(3, 10)

interface Clocked {
  app: App
  jumpTo: (offset: number) => Promise<void>
  restart: (offset: number) => Promise<Clocked>
}

async function clockedApp(dataDir: string, offset = 0): Promise<Clocked> {
  const file = `${dataDir}.clock`
  const jumpTo = async (by: number) => {
    await writeFile(file, String(by))
    // The app reads it every few milliseconds.
    await sleep(100)
  }
  await writeFile(file, String(offset))
  const env = { CLOCK_FILE: file, CLOCK_SPEED: String(SPEED), NODE_OPTIONS: `--import ${preload}` }
  const app = await testApp({
    dataDir,
    env: { ...env, RATE_LIMIT: '0', SANDBOX_DAYS: '30', INTERVIEW_DAYS: '30' },
  })
  return {
    app,
    jumpTo,
    restart: async (by) => {
      await app.stop()
      return clockedApp(dataDir, by)
    },
  }
}

/** Adds a sandbox that hasn't been used for years, and waits until a sweep has deleted it. */
async function sweeps(app: App, like: string): Promise<void> {
  const fileOf = (id: string) => join(app.dataDir, 'sandboxes', id.slice(0, 2), `${id}.json`)
  const due = 'zz' + 'd'.repeat(24)
  await mkdir(join(app.dataDir, 'sandboxes', 'zz'), { recursive: true })
  await copyFile(fileOf(like), fileOf(due))
  await utimes(fileOf(due), new Date(0), new Date(0))
  const isThere = () =>
    stat(fileOf(due)).then(
      () => true,
      () => false,
    )
  await expect.poll(isThere).toBe(false)
}

guarantee(
  'A clock that jumps deletes nothing that isn’t also due by elapsed time',
  async (row) => {
    let clocked = await clockedApp(join(await temporaryFolder(), 'data'))
    const sandboxes: string[] = []
    const rooms: RoomClient[] = []
    const make = async () => {
      sandboxes.push(await newSandbox(clocked.app))
      rooms.push(await new RoomClient(clocked.app.origin).open())
    }
    const expectAllThere = async () => {
      for (const id of sandboxes) expect(await usersOf(clocked.app, id)).toHaveLength(3)
      for (const room of rooms) {
        const at = room.at(clocked.app.origin)
        expect((await at.call(`/api/interviews/${room.id}`, room.key)).status).toBe(200)
      }
    }
    await make()
    await sweeps(clocked.app, sandboxes[0] ?? '')
    for (const by of JUMPS) {
      for (const how of ['while it runs', 'before it starts'] as const) {
        if (how === 'while it runs') await clocked.jumpTo(by)
        else clocked = await clocked.restart(by)
        await make()
        await sleep((WRONG_FOR_HOURS * HOUR_MS) / SPEED)
        if (how === 'while it runs') await clocked.jumpTo(0)
        else clocked = await clocked.restart(0)
        // Sweeps continue, with the correct clock again.
        await sweeps(clocked.app, sandboxes[0] ?? '')
        await expectAllThere()
      }
    }
    row.tried = `${JUMPS.map((by) => `${by / HOUR_MS} h`).join(', ')} off for ${WRONG_FOR_HOURS} h, while it ran and before it started, with a sweep every hour`
    row.figure = `0 of ${sandboxes.length} sandboxes and ${rooms.length} interviews deleted; what was due went`
  },
  600_000,
)

guarantee('A clock that jumps ahead and back stops no room’s clock', async (row) => {
  const dataDir = join(await temporaryFolder(), 'data')
  const clocked = await clockedApp(dataDir)
  const room = await new RoomClient(clocked.app.origin).open()
  /** The time used by the current question in milliseconds, as the interviewer sees it. */
  const used = async (): Promise<number> => {
    const stream = await room.hostStream()
    const opening = await stream.until(({ kind }) => kind === 'view')
    stream.close()
    if (opening.kind !== 'view') throw new Error('no view')
    const { now, present, questions } = opening.view
    const clock = questions.find(({ key }) => key === present)?.clock
    if (clock === undefined) throw new Error('no question is asked')
    return usedBy(clock, now)
  }
  const ask = async (question: string) =>
    expect((await room.host({ type: 'go-to', question })).status).toBe(200)
  // In these, the app's clock needs minutes of the test to catch up.
  for (const ahead of [30 * DAY, 100 * DAY]) {
    await clocked.jumpTo(ahead)
    await ask('q1')
    await clocked.jumpTo(0)
    for (const question of ['q2', 'q1']) {
      await ask(question)
      const before = await used()
      // A tenth of a second is six minutes for the app.
      await expect.poll(used).toBeGreaterThan(before + 10 * 60_000)
    }
    await ask('q2')
  }
  row.tried = 'a question asked 30 and 100 days ahead, and others after the clock was back'
  row.figure = 'the clocks of the others go on at once'
})
