import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { countCommit, storageNumbers } from './numbers.ts'

test('commits are counted by their outcome, with the seconds that both kinds took', async () => {
  const before = { ...storageNumbers }
  await countCommit(() => sleep(20))
  await countCommit(() => sleep(20))
  const failed = new Error('no room')
  const failing = async () => {
    await sleep(20)
    throw failed
  }
  await expect(countCommit(failing)).rejects.toBe(failed)
  expect(storageNumbers.commits - before.commits).toBe(2)
  expect(storageNumbers.failedCommits - before.failedCommits).toBe(1)
  const seconds = storageNumbers.commitSeconds - before.commitSeconds
  // Three of 20 ms, however long a busy machine took for each.
  expect(seconds).toBeGreaterThan(0.055)
  expect(seconds).toBeLessThan(30)
})
