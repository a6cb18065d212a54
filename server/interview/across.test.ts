import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { Across } from '#contract/interview/across.ts'
import { interviewServer, newFolder } from '../testing/serve-interviews.ts'
import { newKey, RoomClient, Writer } from './testing/room-client.ts'

/** An interview with that many rooms, joined, and one client for each. */
async function joinedRooms(count: number): Promise<RoomClient[]> {
  const { origin } = await interviewServer(await newFolder())
  const first = new RoomClient(origin)
  await first.create()
  const rooms = Array.from({ length: count }, () =>
    Object.assign(first.at(origin), { room: randomUUID(), seatKey: newKey() }),
  )
  for (const [index, room] of rooms.entries()) {
    await room.addRoom()
    await room.join(`Canary ${index}`)
  }
  return rooms
}

async function acrossOf(room: RoomClient, key = room.key): Promise<Across> {
  return Across.parse((await room.call(`/api/interviews/${room.id}/across`, key)).json)
}

test('only answers to questions that are over can be scored, and the others are counted by reason', async () => {
  const [over, left, present, waiting] = await joinedRooms(4)
  for (const room of [over, left, present]) await room!.host({ type: 'go-to', question: 'q1' })
  await over!.host({ type: 'end' })
  await left!.host({ type: 'go-to', question: 'q2' })
  const { questions } = await acrossOf(waiting!)
  const [one, two] = questions
  expect(one!.answers.map(({ room }) => room).sort()).toEqual([over!.room, left!.room].sort())
  expect(one).toMatchObject({ key: 'q1', running: 1, notAsked: 1, notInSet: 0 })
  expect(two).toMatchObject({ key: 'q2', answers: [], running: 1, notAsked: 3 })
})

test('it says nothing about who a candidate is, and whose answer is scored is one’s own business', async () => {
  const rooms = await joinedRooms(3)
  const [first] = rooms
  const jon = { interviewer: randomUUID(), name: 'Jon', key: newKey() }
  await first!.interview({ type: 'add-interviewer', ...jon })
  for (const room of rooms) {
    await room.host({ type: 'go-to', question: 'q1' })
    await room.seat({ type: 'write', question: 'q1', update: new Writer().type('words of an answer') })
    await room.host({ type: 'end' })
  }
  await first!.host({ type: 'score', question: 'q1', score: 2 })
  const answer = await first!.call(`/api/interviews/${first!.id}/across`, first!.key)
  for (const word of ['Canary', 'Friday', first!.code, 'words of an answer'])
    expect(answer.text).not.toContain(word)
  const mine = (await acrossOf(first!)).questions[0]!.answers
  expect(mine.filter(({ scored }) => scored).map(({ room }) => room)).toEqual([first!.room])
  const theirs = (await acrossOf(first!, jon.key)).questions[0]!.answers
  expect(theirs.map(({ scored }) => scored)).toEqual([false, false, false])
})

test('the order stays the same for an interviewer and a question, and differs between them', async () => {
  const rooms = await joinedRooms(8)
  const [first] = rooms
  const jon = { interviewer: randomUUID(), name: 'Jon', key: newKey() }
  await first!.interview({ type: 'add-interviewer', ...jon })
  for (const room of rooms) {
    for (const question of ['q1', 'q2']) await room.host({ type: 'go-to', question })
    await room.host({ type: 'end' })
  }
  const orders = async (key: string) =>
    (await acrossOf(first!, key)).questions.map(({ answers }) => answers.map(({ room }) => room).join())
  const [mine, again, theirs] = [await orders(first!.key), await orders(first!.key), await orders(jon.key)]
  expect(again).toEqual(mine)
  const added = rooms.map(({ room }) => room).join()
  // Of 40,320 orders, these are five.
  expect(new Set([...mine, ...theirs, added]).size).toBe(5)
})

test('it opens with an interviewer’s key alone', async () => {
  const [room] = await joinedRooms(1)
  expect((await room!.call(`/api/interviews/${room!.id}/across`, null)).status).toBe(401)
  for (const key of [room!.seatKey, newKey()])
    expect((await room!.call(`/api/interviews/${room!.id}/across`, key)).status).toBe(404)
})
