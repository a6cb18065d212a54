import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { Grid } from '#contract/interview/grid.ts'
import { InterviewView } from '#contract/interview/interview.ts'
import type { PlanItem } from '#contract/interview/plan.ts'
import { Report } from '#contract/interview/report.ts'
import { interviewServer, newFolder } from '../testing/serve-interviews.ts'
import { OWN_QUESTIONS, RoomClient } from './testing/room-client.ts'

const [sample] = OWN_QUESTIONS as [PlanItem]
const TITLES = ['Always', 'Pool one', 'Pool two', 'Pool three', 'Pool four', 'Pool five']
const QUESTIONS = TITLES.map((title, index): PlanItem => ({
  ...(sample as Extract<PlanItem, { from: 'own' }>),
  ...{ title, question: `What about ${title}?` },
  ...(index === 0 ? {} : { pool: 'A' as const }),
}))
const POOLS = [{ key: 'A' as const, draw: 2 }]

/** An interview with that many rooms. @returns one client for each room, all with the same host */
async function withRooms(origin: string, count: number): Promise<RoomClient[]> {
  const first = new RoomClient(origin)
  expect((await first.create(QUESTIONS, { pools: POOLS })).status).toBe(201)
  const rooms = Array.from({ length: count }, () =>
    Object.assign(first.at(origin), { room: randomUUID(), seatKey: new RoomClient(origin).seatKey }),
  )
  for (const room of rooms) expect((await room.addRoom()).status).toBe(200)
  return rooms
}

async function reportOf(room: RoomClient): Promise<Report> {
  const path = `/api/interviews/${room.id}/rooms/${room.room}/report`
  return Report.parse((await room.call(path, room.key)).json)
}

test('each candidate of a set with a pool gets a draw of it, and keeps it after a restart', async () => {
  const place = await newFolder()
  const server = await interviewServer(place)
  const rooms = await withRooms(server.origin, 6)
  const view = InterviewView.parse(
    (await rooms[0]!.call(`/api/interviews/${rooms[0]!.id}`, rooms[0]!.key)).json,
  )
  const drawn = await Promise.all(
    rooms.map(async (room) => (await reportOf(room)).questions.map(({ key }) => key)),
  )
  expect(drawn.map((keys) => [keys.length, keys[0]])).toEqual(rooms.map(() => [3, 'q1']))
  expect(view.rooms.map(({ questions }) => questions)).toEqual(drawn)

  const info = await rooms[0]!.call(`/api/join/${rooms[0]!.code}`, null)
  expect(info.json).toMatchObject({ questions: 3, minutes: 15 })
  await server.stop()
  const again = await interviewServer(place)
  const after = await Promise.all(
    rooms.map(async (room) => (await reportOf(room.at(again.origin))).questions.map(({ key }) => key)),
  )
  expect(after).toEqual(drawn)
})

test('a question that wasn’t drawn is not in the candidate’s set: nobody can ask, score or find it there', async () => {
  const server = await interviewServer(await newFolder())
  const [room] = await withRooms(server.origin, 1)
  await room!.join()
  const keys = (await reportOf(room!)).questions.map(({ key }) => key)
  const other = ['q2', 'q3', 'q4', 'q5', 'q6'].find((key) => !keys.includes(key)) ?? ''
  expect((await room!.host({ type: 'go-to', question: other })).status).toBe(404)
  expect((await room!.host({ type: 'score', question: other, score: 3 })).status).toBe(404)
  expect((await room!.host({ type: 'go-to', question: keys[1] ?? '' })).status).toBe(200)
  const grid = Grid.parse((await room!.call(`/api/interviews/${room!.id}/grid`, room!.key)).json)
  expect(grid.questions).toHaveLength(6)
  const cells = grid.rows[0]!.cells.map(({ question, inSet, asked }) => [question, inSet, asked])
  expect(cells).toEqual(grid.questions.map(({ key }) => [key, keys.includes(key), key === keys[1]]))
  // The candidate's side has no word of what the others are asked.
  const stream = await room!.seatStream()
  await stream.until(() => true)
  const title = TITLES[Number(other.slice(1)) - 1] ?? ''
  expect(stream.raw()).not.toContain(title)
  stream.close()
})

test.each([
  ['more drawn than the pool has', { questions: QUESTIONS, pools: [{ key: 'A', draw: 6 }] }],
  ['nothing drawn', { questions: QUESTIONS, pools: [{ key: 'A', draw: 0 }] }],
  ['an empty pool', { questions: QUESTIONS, pools: [...POOLS, { key: 'B', draw: 1 }] }],
  ['a pool defined twice', { questions: QUESTIONS, pools: [...POOLS, ...POOLS] }],
  ['a question of no known pool', { questions: QUESTIONS, pools: [] }],
  ['an odd name', { questions: QUESTIONS, pools: [{ key: '__proto__', draw: 1 }] }],
  ['a shuffle that is no yes or no', { questions: QUESTIONS, pools: POOLS, shuffle: 'yes' }],
  [
    'a lesson twice',
    { questions: [0, 1].map(() => ({ from: 'lesson', slug: '01-a', playground: 'closed', note: '' })) },
  ],
])('a set with %s is refused, and nothing is created', async (_, set) => {
  const server = await interviewServer(await newFolder())
  const room = new RoomClient(server.origin)
  const created = await room.create(set.questions as PlanItem[], set as never)
  expect(created.status).toBe(422)
  expect((await room.call(`/api/interviews/${room.id}`, room.key)).status).toBe(404)
})
