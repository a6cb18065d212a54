import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isBusy, whileBusy } from './while-busy.ts'

const busy = (seconds: number, status = 503) =>
  new Response('{}', { status, headers: { 'Retry-After': String(seconds), 'X-Viva-Busy': '1' } })
const fine = () => new Response('{}', { status: 200 })
const options = { random: () => 0 }

const told: number[] = []
const note = (event: Event) => told.push((event as CustomEvent<number>).detail)

beforeEach(() => {
  vi.useFakeTimers()
  told.length = 0
  addEventListener('viva:busy', note)
})
afterEach(() => {
  vi.useRealTimers()
  removeEventListener('viva:busy', note)
})

/** Sends through a list of answers, the last one for ever. */
function sending(...answers: (() => Response)[]) {
  const send = vi.fn(async () => (answers.length > 1 ? answers.shift() : answers[0])!())
  return { send, result: (more = {}) => whileBusy(send, ({ headers }) => headers, { ...options, ...more }) }
}

test.each([503, 429])('%i from the server itself is retried after the time it asks for', async (status) => {
  const { send, result } = sending(() => busy(2, status), fine)
  const answer = result()
  await vi.advanceTimersByTimeAsync(1_999)
  expect(send).toHaveBeenCalledTimes(1)
  expect(told).toEqual([2])
  await vi.advanceTimersByTimeAsync(1)
  expect((await answer).status).toBe(200)
  expect(told).toEqual([2, 0])
})

test('the project’s own 429 and 503 are responses', async () => {
  for (const status of [429, 503]) {
    const { send, result } = sending(() => new Response('{}', { status, headers: { 'Retry-After': '7' } }))
    expect((await result()).status).toBe(status)
    expect(send).toHaveBeenCalledTimes(1)
  }
  expect(told).toEqual([])
})

test('tries are bounded, in number and in time', async () => {
  const [often, long] = [sending(() => busy(1)), sending(() => busy(50))]
  const answers = Promise.all([often.result(), long.result()])
  await vi.runAllTimersAsync()
  for (const { headers } of await answers) expect(isBusy(headers)).toBe(true)
  expect(often.send).toHaveBeenCalledTimes(8)
  expect(long.send).toHaveBeenCalledTimes(3)
})

test('clients with the same Retry-After come back at different times', async () => {
  const { send, result } = sending(() => busy(4), fine)
  const answer = result({ random: () => 0.5 })
  await vi.advanceTimersByTimeAsync(5_999)
  expect(send).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(1)
  expect((await answer).status).toBe(200)
})

test('a wait ends when it is cancelled or the run is stopped', async () => {
  const { send, result } = sending(() => busy(30))
  const cancelled = result()
  const stopper = new AbortController()
  const stopped = expect(result({ signal: stopper.signal })).rejects.toThrow('Stopped')
  await vi.advanceTimersByTimeAsync(10)
  stopper.abort()
  await stopped
  dispatchEvent(new Event('viva:stop-waiting'))
  expect(isBusy((await cancelled).headers)).toBe(true)
  expect(send).toHaveBeenCalledTimes(2)
  expect(vi.getTimerCount()).toBe(0)
})
