import { expect, onTestFinished, test } from 'vitest'
import { StorageUnavailable } from './errors.ts'
import { StoredCounts, type Counts } from './stored-counts.ts'

const some: Counts = { sandboxes: 3, interviews: 1, rooms: 2, studyCopies: 0 }

test('the latest counts stay while the storage fails, and a slow storage is asked once at a time', async () => {
  const answers: { resolve: (counts: Counts) => void; reject: (error: Error) => void }[] = []
  const counts = new StoredCounts(
    () => new Promise((resolve, reject) => void answers.push({ resolve, reject })),
  )
  onTestFinished(() => counts.close())
  expect(counts.latest).toBeUndefined()
  const waiting = counts.measure()
  expect(answers).toHaveLength(1)
  answers[0]!.resolve(some)
  await waiting
  expect(counts.latest).toEqual(some)

  const failing = counts.measure()
  answers[1]!.reject(new StorageUnavailable('The disk failed'))
  await failing
  expect(counts.latest).toEqual(some)

  const next = counts.measure()
  answers[2]!.resolve({ ...some, rooms: 5 })
  await next
  expect(counts.latest?.rooms).toBe(5)
})
