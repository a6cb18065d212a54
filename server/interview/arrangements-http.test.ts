import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { Grid } from '#contract/interview/grid.ts'
import { interviewServer, newFolder } from '../testing/serve-interviews.ts'
import { RoomClient } from './testing/room-client.ts'

const HOUR_MS = 3_600_000

async function ownTime(): Promise<RoomClient> {
  const { origin } = await interviewServer(await newFolder())
  const room = new RoomClient(origin)
  await room.create()
  await room.addRoom({ startBy: Date.now() + HOUR_MS, endBy: Date.now() + 2 * HOUR_MS })
  await room.join()
  return room
}

test('times that can’t be are refused with a sentence, and the old ones stay', async () => {
  const room = await ownTime()
  const soon = Date.now() + 3 * HOUR_MS
  const far = Date.now() + 400 * 24 * HOUR_MS
  const cases: [string, object, number][] = [
    ['it closes before it starts', { deadline: { startBy: soon, endBy: soon - 1 } }, 422],
    ['a time that has passed', { deadline: { startBy: 5, endBy: soon } }, 409],
    ['after everything is deleted', { deadline: { startBy: soon, endBy: far } }, 409],
    ['no number', { deadline: { startBy: 'tomorrow', endBy: soon } }, 422],
    ['a fraction', { deadline: { startBy: 1.5, endBy: soon } }, 422],
    ['nothing', { deadline: null }, 422],
    ['a field too many', { deadline: { startBy: soon, endBy: soon, zone: 'UTC' } }, 422],
  ]
  for (const [what, body, status] of cases) {
    const path = `/api/interviews/${room.id}/rooms/${room.room}/commands`
    const answer = await room.call(path, room.key, { id: randomUUID(), type: 'set-deadline', ...body })
    expect([what, answer.status]).toEqual([what, status])
    expect(answer.json).toMatchObject({ detail: expect.any(String) as string })
  }
  const deadline = { startBy: soon, endBy: soon + HOUR_MS }
  expect((await room.host({ type: 'set-deadline', deadline })).status).toBe(200)
  const [row] = Grid.parse((await room.call(`/api/interviews/${room.id}/grid`, room.key)).json).rows
  expect(row?.deadline).toEqual(deadline)
  // The candidate’s key moves nothing.
  expect((await room.host({ type: 'set-deadline', deadline }, room.seatKey)).status).toBe(404)
})

test('extra time outside its limits is refused, for a new room and for one that is there', async () => {
  const room = await ownTime()
  const wrong = [
    { unit: 'percent', percent: 0 },
    { unit: 'percent', percent: 201 },
    { unit: 'percent', percent: 12.5 },
    { unit: 'minutes', minutes: 61 },
    { unit: 'minutes', percent: 10 },
    { unit: 'hours', hours: 1 },
    '25 %',
  ]
  for (const extraTime of wrong) {
    const set = await room.call(`/api/interviews/${room.id}/rooms/${room.room}/commands`, room.key, {
      ...{ id: randomUUID(), type: 'set-extra-time', extraTime },
    })
    const added = await room.call(`/api/interviews/${room.id}/commands`, room.key, {
      ...{ id: randomUUID(), type: 'add-room' },
      room: { room: randomUUID(), label: 'Next', mode: 'live', deadline: null, extraTime },
    })
    expect([extraTime, set.status, added.status]).toEqual([extraTime, 422, 422])
  }
})

test('a candidate with extra time has it on their clock, and it is there after a restart', async () => {
  const place = await newFolder()
  const first = await interviewServer(place)
  const room = new RoomClient(first.origin)
  await room.create()
  await room.interview({
    type: 'add-room',
    room: {
      ...{ room: room.room, label: 'Friday', mode: 'live', deadline: null },
      extraTime: { unit: 'percent', percent: 50 },
    },
  })
  await first.stop()
  const again = room.at((await interviewServer(place)).origin)
  const host = await again.hostStream()
  const opening = await host.until((message) => message.kind === 'opening')
  host.close()
  expect(opening.kind === 'opening' && opening.view.questions.map(({ clock }) => clock.allotted)).toEqual([
    450_000, 450_000,
  ])
})

test('a signal is refused unless it is one, and from anyone but the candidate', async () => {
  const { origin } = await interviewServer(await newFolder())
  const room = await new RoomClient(origin).open()
  await room.host({ type: 'go-to', question: 'q1' })
  const path = `/api/rooms/${room.room}/commands`
  for (const signal of ['hurry', 1, undefined]) {
    const answer = await room.call(path, room.seatKey, {
      ...{ id: randomUUID(), type: 'signal', question: 'q1', signal },
    })
    expect([signal, answer.status]).toEqual([signal, 422])
  }
  const wish = { type: 'signal', question: 'q1', signal: 'more-time' } as const
  expect((await room.seat(wish, room.key)).status).toBe(404)
  expect((await room.seat({ ...wish, question: 'q2' })).status).toBe(409)
  expect((await room.seat(wish)).status).toBe(200)
})

test('the time of a room is read with the candidate’s key only', async () => {
  const room = await ownTime()
  const path = `/api/rooms/${room.room}/time`
  const { status, json } = await room.call(path, room.seatKey)
  expect([status, json]).toEqual([200, { now: expect.any(Number) as number }])
  expect((await room.call(path, room.key)).status).toBe(404)
  expect((await room.call(path, null)).status).toBe(401)
})
