import { EventEmitter } from 'node:events'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { closeSlowReaders } from './slow-readers.ts'

const LARGE = 10_000_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A connection whose client has taken so many bytes by a second of time, and whose write is done by then or not. */
function client(
  takenBy: (second: number) => number,
  isDone = (second: number): boolean => takenBy(second) >= LARGE,
) {
  const server = new EventEmitter()
  const handle = { bytesWritten: LARGE, writeQueueSize: LARGE }
  const socket = Object.assign(new EventEmitter(), {
    _handle: handle,
    writableLength: LARGE,
    resetAndDestroy: vi.fn(),
  })
  closeSlowReaders(server as Server, () => undefined)
  server.emit('connection', socket as unknown as Socket)
  /** @returns the second at which it was closed, or undefined */
  const closedWithin = (seconds: number): number | undefined => {
    for (let second = 1; second <= seconds; second += 1) {
      handle.writeQueueSize = Math.max(0, LARGE - takenBy(second))
      socket.writableLength = isDone(second) ? 0 : LARGE
      vi.advanceTimersByTime(1_000)
      if (socket.resetAndDestroy.mock.calls.length > 0) return second
    }
    return undefined
  }
  return { closedWithin }
}

test('a client that reads nothing is closed after half a minute', () => {
  expect(client(() => 0).closedWithin(120)).toBe(31)
})

test('one that stops reading is closed half a minute after the last byte', () => {
  expect(client((second) => Math.min(second, 100) * 5_000).closedWithin(300)).toBe(130)
})

test.each([1, 100, 1_000])('one that reads %i bytes a second is closed within a minute', (rate) => {
  expect(client((second) => second * rate).closedWithin(600)).toBeLessThanOrEqual(61)
})

test('one that reads in bursts with long pauses between them is closed', () => {
  expect(client((second) => Math.floor(second / 25) * 1_000).closedWithin(600)).toBeLessThanOrEqual(61)
})

test('one on a slow network reads to the end', () => {
  expect(client((second) => second * 2_000).closedWithin(600)).toBe(undefined)
})

test('one whose buffers fit the response exactly, but nothing after it, is closed, too', () => {
  expect(
    client(
      () => LARGE,
      () => false,
    ).closedWithin(120),
  ).toBe(31)
})

test('a connection with nothing left to read stays open, however long', () => {
  expect(client(() => LARGE).closedWithin(3_600)).toBe(undefined)
})
