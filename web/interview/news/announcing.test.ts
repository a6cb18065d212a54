// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, watch } from 'vue'
import type { Clock } from '#contract/interview/clock.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import { useRequestNews } from '../host/use-request-news.ts'
import { ServerTime } from '../time/time.ts'
import { useAnnouncer } from './use-announcer.ts'
import { useArrivals, type Person } from './use-arrivals.ts'
import { useTimeNews } from './use-time-news.ts'

// What a live region reads out, on a clock that the test moves.

let scope = effectScope()
beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

/** Runs a composable and collects what it announces. */
function collected(use: (announce: (sentence: string) => void) => void): string[] {
  const said: string[] = []
  scope.run(() => use((sentence) => said.push(sentence)))
  return said
}

test('sentences that come together are read together, and the same one again is read again', async () => {
  const read: string[] = []
  // provide() warns outside of a component.
  vi.spyOn(console, 'warn').mockReturnValue()
  const { message, announce } = scope.run(useAnnouncer) ?? {}
  scope.run(() => watch(message ?? shallowRef(''), (text) => read.push(text), { flush: 'sync' }))
  announce?.('The clock is paused.')
  announce?.('`GET /users` failed.')
  announce?.('The clock is paused.')
  await vi.advanceTimersByTimeAsync(1_000)
  announce?.('The clock is paused.')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(read.filter((text) => text !== '')).toEqual([
    'The clock is paused. GET /users failed.',
    'The clock is paused.',
  ])
})

function person(name: string, here: boolean, since: number | null = 0): Person {
  return { id: name, name, presence: { here, since } }
}

test('joining, going and coming back are announced once; a reload and those already there are not', async () => {
  const people = shallowRef<Person[] | null>(null)
  const said = collected((announce) => useArrivals(() => people.value, announce))
  const steps: [Person[], number][] = [
    [[person('Ida', true), person('Jon', false, null)], 0],
    // A reload of two seconds.
    [[person('Ida', false), person('Jon', false, null)], 2_000],
    [[person('Ida', true), person('Jon', false, null)], 60_000],
    [[person('Ida', true), person('Jon', true)], 0],
    [[person('Ida', false), person('Jon', true)], 6_000],
    [[person('Ida', false), person('Jon', true)], 60_000],
    [[person('Ida', true), person('Jon', true)], 0],
  ]
  for (const [now, waitMs] of steps) {
    people.value = now
    await nextTick()
    await vi.advanceTimersByTimeAsync(waitMs)
  }
  expect(said).toEqual(['Jon has joined.', 'Ida has disconnected.', 'Ida is back.'])
})

test('a minute before the end and the end are announced once, and not on a stopped clock', async () => {
  const clock = (since: number | null): Clock => ({ allotted: 120_000, used: 0, since })
  const present = shallowRef({ key: 'q1', clock: clock(null) })
  const said = collected((announce) => useTimeNews(() => present.value, new ServerTime(), announce))
  await vi.advanceTimersByTimeAsync(300_000)
  expect(said).toEqual([])
  present.value = { key: 'q1', clock: clock(Date.now()) }
  await vi.advanceTimersByTimeAsync(61_000)
  expect(said).toEqual(['One minute left for this question.'])
  await vi.advanceTimersByTimeAsync(300_000)
  expect(said).toEqual(['One minute left for this question.', 'Time is up for this question.'])
  // Another question whose time was up long ago.
  present.value = { key: 'q2', clock: clock(Date.now() - 600_000) }
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toHaveLength(2)
})

test('requests of a few seconds are one announcement; those from before are none', async () => {
  const requests = shallowRef<readonly RecordedRequest[]>([])
  const said = collected((announce) => useRequestNews({ requests, judged: shallowRef([]) }, announce))
  const request = (id: number) => ({ id: String(id), method: 'GET', path: `/users/${id}`, status: 200 })
  const received = async (...ids: number[]): Promise<void> => {
    requests.value = [...requests.value, ...ids.map(request)] as unknown as RecordedRequest[]
    await nextTick()
  }
  await received(1, 2)
  for (const id of [3, 4, 5, 6]) {
    await received(id)
    await vi.advanceTimersByTimeAsync(900)
  }
  await vi.advanceTimersByTimeAsync(60_000)
  await received(7)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(said).toEqual(['4 new requests, the last one GET /users/6, 200.', 'New request: GET /users/7, 200.'])
})
