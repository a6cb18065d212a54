import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { FreeDisk } from './free-disk.ts'

test('low disk space is reported once, and again after there was space in between', async () => {
  let free = 500
  const warnings: number[] = []
  const disk = new FreeDisk({
    ...{ folder: '/data', warnBelowBytes: 200, warn: (bytes) => warnings.push(bytes) },
    measure: async () => free,
  })
  onTestFinished(() => disk.close())
  for (const now of [500, 199, 150, 300, 100]) {
    free = now
    await disk.measure()
  }
  expect(warnings).toEqual([199, 100])
  expect(disk.bytes).toBe(100)
})

test('the free space of a real disk is read; for a missing folder it is unknown', async () => {
  const disk = new FreeDisk({ folder: tmpdir(), warnBelowBytes: 0, warn: () => undefined })
  const none = new FreeDisk({
    folder: '/no/such/folder',
    warnBelowBytes: 1,
    warn: () => expect.unreachable(),
  })
  onTestFinished(() => {
    disk.close()
    none.close()
  })
  await Promise.all([disk.measure(), none.measure()])
  expect(disk.bytes).toBeGreaterThan(0)
  expect(none.bytes).toBeUndefined()
})
