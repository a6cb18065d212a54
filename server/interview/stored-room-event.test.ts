import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { realDisk } from '../storage/files/disk.ts'
import type { Json } from '../storage/event-log.ts'
import { FileEventLog } from '../storage/files/event-log.ts'
import { temporaryFolder } from '../storage/testing/temporary.ts'
import { createInterview } from './rules/interview/decide-interview.ts'
import type { RoomEventOf } from './rules/room-events.ts'
import { TEST_PLAN } from './rules/testing/sample-plan.ts'
import { openTestRoom } from './rules/testing/room.ts'
import { StoredRoomEvents } from './stored-room-event.ts'
import { interviewServer, newFolder } from '../testing/serve-interviews.ts'
import { RoomClient } from './testing/room-client.ts'

async function eventFiles(folder: string, prefix: string): Promise<string[]> {
  const names = await readdir(join(folder, 'events'), { recursive: true })
  const files = names.filter((name) => name.includes(`/${prefix}`))
  return Promise.all(files.map((name) => readFile(join(folder, 'events', name), 'utf8')))
}

test('the plan is stored once for all rooms, and they open after a restart', async () => {
  const place = await newFolder()
  const folder = 'DATA_DIR' in place ? place.DATA_DIR : ''
  const first = await interviewServer(place)
  const room = await new RoomClient(first.origin).open()
  await room.host({ type: 'go-to', question: 'q1' })
  await first.stop()
  const [stored, ...others] = await eventFiles(folder, 'room-')
  expect(others).toEqual([])
  expect(stored).not.toContain('canary-answer')
  expect((await eventFiles(folder, 'interview-')).join('')).toContain('canary-answer')

  const again = room.at((await interviewServer(place)).origin)
  const path = `/api/interviews/${room.id}/rooms/${room.room}`
  expect((await again.call(`${path}/report`, room.key)).text).toContain('canary-point-One')
  const replay = await again.call(`${path}/replay`, room.key)
  expect(replay.json).toMatchObject({ steps: [{ kind: 'joined' }, { kind: 'asked', question: 'q1' }] })
})

test('a room that was stored with a plan of its own keeps it', async () => {
  const { events } = openTestRoom()
  const [opened] = events
  const stored = new StoredRoomEvents(new FileEventLog(await temporaryFolder(), realDisk))
  expect(await stored.fromStored(JSON.parse(JSON.stringify(opened)) as Json)).toEqual(opened)
})

test('a room from before there was extra time has none', async () => {
  const { events } = openTestRoom()
  const { extraTime: _, ...older } = events[0] as RoomEventOf<'room-opened'>
  const stored = new StoredRoomEvents(new FileEventLog(await temporaryFolder(), realDisk))
  expect(await stored.fromStored(JSON.parse(JSON.stringify(older)) as Json)).toEqual(events[0])
})

test('a room from before a question could have a bug has none', async () => {
  const { events } = openTestRoom()
  const older = JSON.parse(JSON.stringify(events[0]).replaceAll('"bug":null,', '')) as Json
  expect(JSON.stringify(older)).not.toContain('"bug"')
  const stored = new StoredRoomEvents(new FileEventLog(await temporaryFolder(), realDisk))
  expect(await stored.fromStored(older)).toEqual(events[0])
})

test('what was shared before strengths could be is read as shared without them', async () => {
  const stored = new StoredRoomEvents(new FileEventLog(await temporaryFolder(), realDisk))
  const card = { scores: true, keyPoints: false, notes: true }
  const parts = { answers: true, requests: false, times: false, modelAnswers: false, study: [] }
  const interviewer = randomUUID()
  const event = { v: 1, at: 1, command: null, type: 'shared', interviewer, parts, card }
  expect(await stored.fromStored(event)).toMatchObject({ card: { ...card, strengths: false } })
})

test('rooms of one interview have one plan in memory', async () => {
  const log = new FileEventLog(await temporaryFolder(), realDisk)
  const stored = new StoredRoomEvents(log)
  const interview = randomUUID()
  const owner = { id: randomUUID(), name: 'Ida', keyHash: 'a'.repeat(64) }
  const created = createInterview({ interview, plan: TEST_PLAN, owner, keptUntil: 1 }, 0)
  await log.append(`interview-${interview}`, 0, created as unknown as Json[])
  const plans = await Promise.all(
    [openTestRoom(), openTestRoom()].map(async ({ events: [opened] }) => {
      if (opened?.type !== 'room-opened') throw new Error('no room')
      const read = await stored.fromStored(stored.toStored({ ...opened, interview }))
      return read.type === 'room-opened' ? read.plan : null
    }),
  )
  expect(plans[0]).toEqual(TEST_PLAN)
  expect(plans[0]).toBe(plans[1])
})

test('a stored plan that only says whether its playground is open is read as its candidates had it', async () => {
  const log = new FileEventLog(await temporaryFolder(), realDisk)
  const stored = new StoredRoomEvents(log)
  const interview = randomUUID()
  const owner = { id: randomUUID(), name: 'Ida', keyHash: 'a'.repeat(64) }
  const created = createInterview({ interview, plan: TEST_PLAN, owner, keptUntil: 1 }, 0)
  await log.append(`interview-${interview}`, 0, withOpenOrNot(created))
  const [opened] = openTestRoom().events
  if (opened?.type !== 'room-opened') throw new Error('no room')
  const [ownPlan] = withOpenOrNot([opened])
  const rooms = [ownPlan, stored.toStored({ ...opened, interview })].filter((event) => event !== undefined)
  for (const room of await Promise.all(rooms.map((event) => stored.fromStored(event)))) {
    const modes = room.type === 'room-opened' && room.plan.questions.map(({ playground }) => playground)
    expect(modes).toEqual(['explained', 'closed', 'explained'])
  }
})

/** Events as they were stored before a playground had modes. */
function withOpenOrNot(events: readonly unknown[]): Json[] {
  const older = JSON.stringify(events)
    .replaceAll('"playground":"requests"', '"playground":true')
    .replaceAll('"playground":"closed"', '"playground":false')
  return JSON.parse(older) as Json[]
}

test('a room written by a newer version gets 503, and nothing before that is lost', async () => {
  const place = await newFolder()
  const folder = 'DATA_DIR' in place ? place.DATA_DIR : ''
  const first = await interviewServer(place)
  const room = await new RoomClient(first.origin).open()
  await first.stop()
  const log = new FileEventLog(join(folder, 'events'), realDisk)
  const stream = `room-${room.room}`
  const newer = { v: 3, at: 1, command: null, type: 'hands-raised' }
  await log.append(stream, (await log.read(stream, 0)).length, [newer])
  await log.close()

  const again = room.at((await interviewServer(place)).origin)
  const path = `/api/interviews/${room.id}/rooms/${room.room}`
  for (const part of ['report', 'replay', 'stream']) {
    const answer = await again.call(`${path}/${part}`, room.key)
    expect([part, answer.status, answer.json]).toEqual([
      part,
      503,
      { detail: 'The storage is not available' },
    ])
    expect(answer.headers.get('Retry-After')).not.toBeNull()
  }
  expect((await again.call(`/api/rooms/${room.room}/stream`, room.seatKey)).status).toBe(503)
})
