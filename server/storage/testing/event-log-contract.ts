import { expect, test, vi } from 'vitest'
import { StreamMoved } from '../errors.ts'
import type { EventLog, Json, NumberedEvent } from '../event-log.ts'
import type { Place } from './storage-contract.ts'

/** What every event log must do, whatever it is made of. */
export function eventLogContract(newPlace: () => Promise<Place>): void {
  const open = async (): Promise<EventLog> => (await (await newPlace()).open()).events

  test('events are numbered from 1 and can be read from any number on', async () => {
    const log = await open()
    expect(await log.read('room-a', 0)).toEqual([])
    expect(await log.append('room-a', 0, ['one', { two: [2, null, true] }])).toBe(2)
    expect(await log.append('room-a', 2, ['three'])).toBe(3)
    const events = await log.read('room-a', 0)
    expect(events.map(({ number, data }) => [number, data])).toEqual([
      [1, 'one'],
      [2, { two: [2, null, true] }],
      [3, 'three'],
    ])
    for (const { at } of events) expect(new Date(at).toISOString()).toBe(at)
    expect((await log.read('room-a', 2)).map(({ data }) => data)).toEqual(['three'])
    expect(await log.read('room-a', 3)).toEqual([])
    expect(await log.read('room-b', 0)).toEqual([])
  })

  test('an append from an old number is refused, and nothing of it is stored', async () => {
    const log = await open()
    await log.append('room', 0, ['one', 'two'])
    for (const expected of [0, 1, 3, 99]) {
      await expect(log.append('room', expected, ['x', 'y']), String(expected)).rejects.toThrow(StreamMoved)
    }
    expect(await dataOf(log)).toEqual(['one', 'two'])
  })

  test('of many concurrent appends from one number one succeeds, and with retries all of them do', async () => {
    const log = await open()
    const first = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => log.append('room', 0, [index])),
    )
    expect(first.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await Promise.all(Array.from({ length: 20 }, (_, index) => insist(log, `again ${index}`)))
    const data = await dataOf(log)
    expect(data).toHaveLength(21)
    expect(new Set(data).size).toBe(21)
  })

  test('everything is still there after a restart, to the last character', async () => {
    const place = await newPlace()
    const first = await place.open()
    const odd = { 'NUL \0 \u2028': '\0\ud83d\ude42\\', '10': 1, '2': -0.5, __proto_: { deep: [[[]]] } }
    await first.events.append('room', 0, [odd, ''])
    const before = await first.events.read('room', 0)
    await first.close()
    const { events } = await place.open()
    expect(await events.read('room', 0)).toEqual(before)
    expect(before.map(({ data }) => data)).toEqual([odd, ''])
    expect(await events.append('room', 2, ['more'])).toBe(3)
  })

  test('more events than stay in memory can be read', async () => {
    const log = await open()
    for (let number = 0; number < 700; number += 100) {
      await log.append(
        'room',
        number,
        Array.from({ length: 100 }, (_, index) => number + index + 1),
      )
    }
    expect(await dataOf(log)).toEqual(Array.from({ length: 700 }, (_, index) => index + 1))
    expect((await log.read('room', 690)).map(({ number }) => number)).toEqual([
      691, 692, 693, 694, 695, 696, 697, 698, 699, 700,
    ])
  })

  test('watchers are notified until they stop', async () => {
    const log = await open()
    const told = vi.fn<(newest?: number) => void>()
    const end = log.watch('room', told)
    await log.append('other', 0, ['one'])
    await log.append('room', 0, ['one'])
    await expect.poll(() => told).toHaveBeenCalledWith(1)
    end()
    told.mockClear()
    await log.append('room', 1, ['two'])
    expect(told).not.toHaveBeenCalled()
  })

  test('a removed stream is gone, and a new one starts from 1', async () => {
    const log = await open()
    await log.append('room', 0, ['one', 'two'])
    await log.remove('room')
    await log.remove('nobody')
    expect(await log.read('room', 0)).toEqual([])
    expect(await log.heads('')).toEqual([])
    await expect(log.append('room', 2, ['three'])).rejects.toThrow(StreamMoved)
    expect(await log.append('room', 0, ['anew'])).toBe(1)
  })

  test('a stream that is removed during appends is gone completely', async () => {
    const log = await open()
    for (let round = 0; round < 30; round += 1) {
      const stream = `room-${round}`
      await log.append(stream, 0, ['one'])
      const appending = log.append(stream, 1, ['two']).then(() => log.append(stream, 2, ['three']))
      await Promise.allSettled([appending, log.remove(stream), appending])
      expect(await log.read(stream, 0)).toEqual([])
    }
    expect(await log.heads('room-')).toEqual([])
  })

  test('erased events keep their numbers and times, and their content is gone, also after a restart', async () => {
    const place = await newPlace()
    const first = await place.open()
    await first.events.append('room', 0, ['one', 'secret two', 'three'])
    await first.events.append('room', 3, ['secret four'])
    const before = await first.events.read('room', 0)
    await first.events.erase('room', [2, 4, 99])
    await first.events.erase('nobody', [1])
    const erased = before.map((event) => (event.number % 2 === 0 ? { ...event, data: null } : event))
    expect(await first.events.read('room', 0)).toEqual(erased)
    expect(await first.events.append('room', 4, ['five'])).toBe(5)
    await first.close()
    const { events } = await place.open()
    expect((await events.read('room', 0)).slice(0, 4)).toEqual(erased)
    expect(await events.append('room', 5, ['six'])).toBe(6)
  })

  test('erasing and appending at once loses nothing', async () => {
    const log = await open()
    await log.append('room', 0, ['0'])
    const add = Array.from({ length: 30 }, (_, index) => insist(log, String(index + 1)))
    const erase = Array.from({ length: 15 }, () => log.erase('room', [1]))
    await Promise.all([...add, ...erase])
    const [first, ...rest] = await dataOf(log)
    expect(first).toBeNull()
    expect(rest.map(Number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 30 }, (_, index) => index + 1),
    )
  })

  test('streams are found by prefix, with the time of their newest event', async () => {
    const log = await open()
    for (const stream of ['room-a', 'room-b', 'code-XY']) await log.append(stream, 0, ['one'])
    const heads = await log.heads('room-')
    expect(heads.map(({ stream }) => stream).sort()).toEqual(['room-a', 'room-b'])
    for (const { at } of heads) expect(Math.abs(Date.now() - at)).toBeLessThan(60_000)
  })

  test('imported events keep their numbers and times', async () => {
    const log = await open()
    const events: NumberedEvent[] = [
      { number: 1, at: '2026-01-01T00:00:00.123Z', data: 'old' },
      { number: 2, at: '2026-01-02T00:00:00.000Z', data: { older: 1 } },
    ]
    await log.restore('room', events)
    expect(await log.read('room', 0)).toEqual(events)
    await expect(log.restore('room', events)).rejects.toThrow(StreamMoved)
    expect(await log.append('room', 2, ['new'])).toBe(3)
  })

  test('a name that could leave the folder is refused', async () => {
    const log = await open()
    for (const name of ['', '../x', 'a/b', 'a.b', '-a', 'x'.repeat(81), 'ä', 'a\0']) {
      await expect(log.append(name, 0, ['one']), JSON.stringify(name)).rejects.toThrow(/name of a stream/)
    }
  })
}

async function dataOf(log: EventLog): Promise<Json[]> {
  return (await log.read('room', 0)).map(({ data }) => data)
}

/** Appends wherever the stream stands. */
async function insist(log: EventLog, data: string): Promise<number> {
  for (;;) {
    const newest = (await log.read('room', 0)).length
    try {
      return await log.append('room', newest, [data])
    } catch (error) {
      if (!(error instanceof StreamMoved)) throw error
    }
  }
}
