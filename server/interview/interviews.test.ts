import { randomUUID } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { realDisk } from '../storage/files/disk.ts'
import type { EventLog } from '../storage/event-log.ts'
import { FileEventLog } from '../storage/files/event-log.ts'
import type { SandboxStore } from '../storage/storage.ts'
import { temporaryFolder } from '../storage/testing/temporary.ts'
import { Interviews, isLedger } from './interviews.ts'
import { Lookups } from './lookups.ts'
import { Rooms } from './rooms.ts'
import { newKey, OWN_QUESTIONS } from './testing/room-client.ts'

/** One of several instances on the same events, which hears of nothing that the others write. */
function deafInstance(log: EventLog) {
  const events: EventLog = {
    append: (...told) => log.append(...told),
    read: (...asked) => log.read(...asked),
    erase: (...told) => log.erase(...told),
    heads: (...asked) => log.heads(...asked),
    remove: (...told) => log.remove(...told),
    restore: (...told) => log.restore(...told),
    watch: () => () => undefined,
  }
  const me = randomUUID()
  const rooms = new Rooms(events, { me, alive: async () => new Set([me]) })
  const nothing = { id: 'a'.repeat(26) } as SandboxStore
  const sandboxes = {
    create: async () => nothing,
    find: async () => nothing,
    renew: async () => undefined,
    restart: async () => undefined,
  }
  const lookups = new Lookups(events)
  const questions = new Map<string, never>()
  const interviews = new Interviews({ events, rooms, lookups, sandboxes, questions, lifetimeMs: 60_000 })
  onTestFinished(async () => {
    await rooms.close()
    interviews.close()
  })
  return { interviews, rooms }
}

test('what one instance wrote can be read on another, even before that one is notified', async () => {
  const log = new FileEventLog(await temporaryFolder(), realDisk)
  const [one, other] = [deafInstance(log), deafInstance(log)]
  const [id, room, ida] = [randomUUID(), randomUUID(), { id: randomUUID(), name: 'Ida' }]
  const plan = { title: 'Two instances', questions: OWN_QUESTIONS, pools: [], shuffle: false }
  const made = await one.interviews.create({ id, key: newKey(), interviewer: ida, plan })
  if (!isLedger(made)) throw new Error('the interview was refused')
  expect((await other.interviews.newest(id))?.state?.rooms).toEqual([])

  const added = { room, label: 'Friday', mode: 'live', deadline: null, extraTime: null } as const
  expect(
    await one.interviews.command(made, ida.id, { id: randomUUID(), type: 'add-room', room: added }),
  ).toBeNull()
  const state = (await other.interviews.newest(id))?.state
  expect(state?.rooms.map((entry) => entry.room)).toEqual([room])

  const seen = async () => (await other.interviews.room(state!, room))?.state?.number
  const before = await seen()
  const seat = { id: randomUUID(), name: 'Cleo', keyHash: 'c'.repeat(64) }
  expect(await one.rooms.join((await one.rooms.get(room))!, seat)).toBeNull()
  expect(await seen()).toBeGreaterThan(before!)
})
