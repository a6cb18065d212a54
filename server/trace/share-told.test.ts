import { expect, test } from 'vitest'
import { sameItems, shareTold } from './share-told.ts'

test('what is told of an object is one object until it tells something else', () => {
  const shared = shareTold<{ rows: number }>((last, told) => last.rows === told.rows)
  const [of, other] = [{}, {}]
  const first = shared(of, { rows: 1 })
  expect(shared(of, { rows: 1 })).toBe(first)
  expect(shared(other, { rows: 1 })).not.toBe(first)
  const second = shared(of, { rows: 2 })
  expect(second).toEqual({ rows: 2 })
  expect(shared(of, { rows: 2 })).toBe(second)
  expect(first).toEqual({ rows: 1 })
})

test('lists are the same when they hold the same things in the same order', () => {
  const [a, b] = [{}, {}]
  expect(sameItems([a, b], [a, b])).toBe(true)
  expect(sameItems([a, b], [b, a])).toBe(false)
  expect(sameItems([a], [a, b])).toBe(false)
  expect(sameItems([a], [{}])).toBe(false)
})
