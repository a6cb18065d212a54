import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { NOTHING_SHARED, NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import { interviewServer, newFolder } from '../testing/serve-interviews.ts'
import { RoomClient, Writer } from './testing/room-client.ts'

const NAME = 'Zoë Canary'
const SHARING = {
  parts: { ...NOTHING_SHARED, answers: true, times: true },
  card: { ...NO_CARD_SHARED, scores: true, keyPoints: true },
}

/** A room that has ended, whose card is handed in. */
async function endedRoom(): Promise<RoomClient> {
  const server = await interviewServer(await newFolder())
  const room = new RoomClient(server.origin)
  await room.create()
  await room.addRoom()
  await room.join(NAME)
  await room.host({ type: 'go-to', question: 'q1' })
  await room.seat({ type: 'write', question: 'q1', update: new Writer().type('an answer') })
  await room.host({ type: 'tick', question: 'q1', keyPoint: 1, ticked: true })
  await room.host({ type: 'score', question: 'q1', score: 3 })
  await room.host({ type: 'end' })
  await room.host({ type: 'hand-in' })
  return room
}

test('while names are hidden, nothing that the server sends an interviewer has the candidate’s name', async () => {
  const room = await endedRoom()
  const interview = `/api/interviews/${room.id}`
  const rooms = `${interview}/rooms/${room.room}`
  const routes: [path: string, body?: unknown][] = [
    [interview],
    [`${interview}/grid`],
    [`${interview}/across`],
    [`${rooms}/report`],
    [`${rooms}/replay`],
    [`${rooms}/candidate-report`, SHARING],
  ]
  for (const [path, body] of routes) {
    const hidden = await room.call(`${path}?hideNames=1`, room.key, body)
    expect([path, hidden.status, hidden.text.includes(NAME)]).toEqual([path, 200, false])
  }
  const response = await fetch(`${room.origin}${rooms}/stream?hideNames=1`, {
    headers: { Authorization: `Bearer ${room.key}` },
  })
  const reader = response.body!.getReader()
  let text = ''
  while (!text.includes('"kind":"opening"')) text += new TextDecoder().decode((await reader.read()).value)
  await reader.cancel()
  expect(text).not.toContain(NAME)
  // Without it the name is there: the test looks in the right place.
  expect((await room.call(`${rooms}/candidate-report`, room.key, SHARING)).text).toContain(NAME)
  expect((await room.call(`${interview}/grid`, room.key)).text).toContain(NAME)
})

test('a preview shows what would be shared, shares nothing, and refuses what isn’t a choice of parts', async () => {
  const room = await endedRoom()
  const path = `/api/interviews/${room.id}/rooms/${room.room}/candidate-report`
  const preview = await room.call(path, room.key, SHARING)
  expect(preview.json).toMatchObject({
    questions: [
      {
        answer: 'an answer',
        marks: [{ score: 3, keyPoints: [{ mentioned: false }, { text: 'second point', mentioned: true }] }],
      },
    ],
  })
  expect((await room.call(`/api/rooms/${room.room}/report`, room.seatKey)).status).toBe(404)
  await room.host({ type: 'share', ...SHARING })
  const theirs = await room.call(`/api/rooms/${room.room}/report`, room.seatKey)
  expect(theirs.json).toEqual(preview.json)
  const nothing = { parts: NOTHING_SHARED, card: NO_CARD_SHARED }
  expect((await room.call(path, room.key, nothing)).status).toBe(404)
  for (const wrong of [{}, '[', { ...SHARING, more: 1 }, { ...SHARING, parts: { answers: 'yes' } }]) {
    expect((await room.call(path, room.key, wrong)).status).toBe(422)
  }
  expect((await room.call(path, randomUUID(), SHARING)).status).toBe(404)
  expect((await room.call(path, room.seatKey, SHARING)).status).toBe(404)
})
