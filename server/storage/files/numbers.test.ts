import { expect, onTestFinished, test, vi } from 'vitest'
import { countCommit, storageNumbers } from './numbers.ts'

test('commits are counted by outcome, with the seconds that they took', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const before = { ...storageNumbers }
  const lasting = (milliseconds: number) => async () => void vi.advanceTimersByTime(milliseconds)
  await countCommit(lasting(2_000))
  await countCommit(lasting(3_000))
  const failed = new Error('no room')
  const failing = async () => {
    vi.advanceTimersByTime(500)
    throw failed
  }
  await expect(countCommit(failing)).rejects.toBe(failed)
  expect(storageNumbers.commits - before.commits).toBe(2)
  expect(storageNumbers.failedCommits - before.failedCommits).toBe(1)
  expect(storageNumbers.commitSeconds - before.commitSeconds).toBeCloseTo(5.5)
})
