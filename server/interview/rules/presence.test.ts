import { expect, test } from 'vitest'
import type { Interviewer } from '#contract/interview/interview.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { decideConnected, decideDisconnected, decideLost } from './decide/connections.ts'
import { done, IDA, MINUTE, newId, openTestRoom, startedRoom, type TestRoom } from './testing/room.ts'
import { candidateView } from './views/candidate-view.ts'
import { hostView } from './views/host-view.ts'

const BOTH = new Set(['north', 'south'])

function connect(room: TestRoom, who: Interviewer | null, instance = 'north', living = BOTH): string {
  const connection = newId()
  done(room.take(decideConnected(room.state, { who, connection, instance }, living, room.now)))
  return connection
}
const drop = (room: TestRoom, connection: string) =>
  done(room.take(decideDisconnected(room.state, connection, room.now)))
const hostSees = (room: TestRoom, living = BOTH) =>
  hostView(room.state, IDA, { now: room.now, living, hideNames: false, publicUrl: null })
const candidateSees = (room: TestRoom, living = BOTH) => candidateView(room.state, { now: room.now, living })

test('both sides see when a connection dropped and that it is back', () => {
  const room = startedRoom()
  const connection = connect(room, null)
  room.wait(MINUTE)
  const from = room.now
  drop(room, connection)
  expect(hostSees(room).candidate?.presence).toEqual({ here: false, since: from })
  room.wait(MINUTE)
  connect(room, null)
  const gap = { who: 'candidate', name: 'Cleo', from, until: room.now }
  expect(hostSees(room).gaps).toEqual([gap])
  expect(candidateSees(room).gaps).toEqual([gap])
  expect(hostSees(room).candidate?.presence).toEqual({ here: true, since: room.now })
})

test("closing one of two tabs doesn't count as a drop", () => {
  const room = startedRoom()
  const first = connect(room, null)
  connect(room, null)
  drop(room, first)
  expect(hostSees(room)).toMatchObject({ candidate: { presence: { here: true } }, gaps: [] })
})

test('a connection to a lost instance counts as lost even before an event says so', () => {
  const room = startedRoom()
  connect(room, null, 'south')
  connect(room, IDA, 'north')
  const living = new Set(['north'])
  expect(hostSees(room, living).candidate?.presence.here).toBe(false)
  expect(done(room.take(decideLost(room.state, living, room.now)))).toEqual(['disconnected'])
  expect(hostSees(room, living).gaps).toHaveLength(1)
})

test('reconnecting after an instance was lost ends the old connection to it', () => {
  const room = startedRoom()
  connect(room, null, 'south')
  connect(room, null, 'north', new Set(['north']))
  expect(Object.values(room.state.connections).map(({ instance }) => instance)).toEqual(['north'])
  expect(room.state.absences).toHaveLength(1)
})

test('a reload isn’t listed as an interruption, and neither is a hiccup of the network', () => {
  const room = startedRoom()
  let connection = connect(room, null)
  for (const seconds of [0, 2, 9, 10, 30]) {
    drop(room, connection)
    room.wait(seconds * 1000)
    connection = connect(room, null)
  }
  const lengths = hostSees(room).gaps.map(({ from, until }) => (until ?? 0) - from)
  expect(lengths).toEqual([10_000, 30_000])
  expect(candidateSees(room).gaps).toHaveLength(2)
})

test('an interviewer who looked in before the first question isn’t listed as an interruption', () => {
  const room = openTestRoom({})
  const early = connect(room, IDA)
  drop(room, early)
  room.wait(MINUTE)
  done(room.join())
  const candidate = connect(room, null)
  expect(candidateSees(room).gaps).toEqual([])
  const host = connect(room, IDA)
  drop(room, candidate)
  done(room.host(IDA, { type: 'go-to', question: 'q1' }))
  room.wait(MINUTE)
  connect(room, null)
  expect(hostSees(room).gaps, 'away while the first question was asked').toHaveLength(1)
  drop(room, host)
  room.wait(MINUTE)
  connect(room, IDA)
  expect(candidateSees(room).gaps.map(({ name }) => name)).toEqual(['Cleo', 'Ida'])
})

test('reporting a connection or its end twice changes nothing', () => {
  const room = startedRoom()
  const connection = connect(room, IDA)
  const again = { who: IDA, connection, instance: 'north' }
  expect(done(room.take(decideConnected(room.state, again, BOTH, room.now)))).toEqual([])
  expect(drop(room, connection)).toEqual(['disconnected'])
  expect(drop(room, connection)).toEqual([])
})

test("leaving after the end doesn't count as a drop", () => {
  const room = startedRoom()
  const connection = connect(room, null)
  done(room.host(IDA, { type: 'end' }))
  drop(room, connection)
  expect(hostSees(room).gaps).toEqual([])
})

test('a flapping connection doesn’t fill the room', () => {
  const room = startedRoom()
  room.state = { ...room.state, presenceEvents: LIMITS.presenceEvents }
  const before = room.state.number
  connect(room, null)
  expect(room.state.number).toBe(before)
})
