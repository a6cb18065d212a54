import { expect, onTestFinished, test, vi } from 'vitest'
import { StorageUnavailable } from './errors.ts'
import { StoredCounts, type Counts } from './stored-counts.ts'

const some: Counts = { sandboxes: 3, interviews: 1, rooms: 2, studyCopies: 0 }
const MINUTE_MS = 60_000

/** Counts by `count`, with timers that move only by `vi.advanceTimersByTimeAsync`. */
function counting(count: () => Promise<Counts>): StoredCounts {
  vi.useFakeTimers()
  const counts = new StoredCounts(count)
  onTestFinished(() => {
    counts.close()
    vi.useRealTimers()
  })
  return counts
}

test('it counts at once and every minute, and the latest counts stay while the storage fails', async () => {
  const count = vi.fn<() => Promise<Counts>>().mockResolvedValue({ ...some, rooms: 5 })
  count.mockResolvedValueOnce(some).mockRejectedValueOnce(new StorageUnavailable('The disk failed'))
  const counts = counting(count)
  expect(counts.latest).toBeUndefined()
  await vi.advanceTimersByTimeAsync(0)
  expect(counts.latest).toEqual(some)
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect([count.mock.calls.length, counts.latest]).toEqual([2, some])
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect([count.mock.calls.length, counts.latest?.rooms]).toEqual([3, 5])
  counts.close()
  await vi.advanceTimersByTimeAsync(10 * MINUTE_MS)
  expect(count).toHaveBeenCalledTimes(3)
})

test('a count that takes two seconds is repeated after more than three minutes', async () => {
  const count = vi.fn(() => new Promise<Counts>((done) => setTimeout(done, 2_000, some)))
  const counts = counting(count)
  await vi.advanceTimersByTimeAsync(2_000)
  expect(counts.latest).toEqual(some)
  await vi.advanceTimersByTimeAsync(3 * MINUTE_MS)
  expect(count).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(MINUTE_MS)
  expect(count).toHaveBeenCalledTimes(2)
})
