// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ApiFailure } from '../../api/call.ts'
import { Outbox } from './outbox.ts'

interface Command {
  id: string
}

beforeEach(() => {
  vi.useFakeTimers()
  localStorage.clear()
})
afterEach(() => {
  vi.useRealTimers()
})

function open(send: (command: Command) => Promise<void>) {
  const refused: string[] = []
  const counts: number[] = []
  const outbox = new Outbox<Command>({
    keptAs: 'kept',
    parse: (kept) => (kept !== null && typeof kept === 'object' && 'id' in kept ? (kept as Command) : null),
    send,
    refused: (command, why) => refused.push(`${command.id}: ${why}`),
    waiting: (count) => counts.push(count),
  })
  return { outbox, refused, counts }
}

test('commands go one at a time and in order, also when the first one has to wait', async () => {
  const sent: string[] = []
  let away = true
  const { outbox } = open(async ({ id }) => {
    if (away) throw new ApiFailure('away', null)
    sent.push(id)
  })
  for (const id of ['a', 'b', 'c']) outbox.add({ id })
  await vi.advanceTimersByTimeAsync(3_000)
  expect(sent).toEqual([])
  away = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(sent).toEqual(['a', 'b', 'c'])
  expect(localStorage.length).toBe(0)
  outbox.end()
})

test('after a reload, unsent commands are sent, and those of an unknown kind are dropped', async () => {
  const first = open(() => Promise.reject(new ApiFailure('away', null)))
  first.outbox.add({ id: 'kept' })
  first.outbox.end()
  localStorage.setItem(
    'kept',
    JSON.stringify([...(JSON.parse(localStorage.getItem('kept') ?? '[]') as unknown[]), 7]),
  )
  const sent: string[] = []
  const second = open(async ({ id }) => void sent.push(id))
  await vi.advanceTimersByTimeAsync(10)
  expect(sent).toEqual(['kept'])
  second.outbox.end()
})

test('a command refused for good is reported and skipped; one refused as too early is sent again', async () => {
  const answers = [
    new ApiFailure('no', 409),
    new ApiFailure('busy', 429),
    null,
    new ApiFailure('down', 503),
    null,
  ]
  const { outbox, refused } = open(async () => {
    const answer = answers.shift()
    if (answer) throw answer
  })
  for (const id of ['a', 'b', 'c']) outbox.add({ id })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(refused).toEqual(['a: no'])
  expect(outbox.commands).toEqual([])
  expect(answers).toEqual([])
  outbox.end()
})

test('with the connection back nothing waits for its turn', async () => {
  let away = true
  const sent: string[] = []
  const { outbox } = open(async ({ id }) => {
    if (away) throw new ApiFailure('away', null)
    sent.push(id)
  })
  outbox.add({ id: 'a' })
  await vi.advanceTimersByTimeAsync(60_000)
  away = false
  outbox.hurry()
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toEqual(['a'])
  outbox.end()
})
