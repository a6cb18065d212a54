import { expect, test } from 'vitest'
import { median, percentile, quartiles } from './statistics.ts'

test('the median of an odd number of values is one of them, of an even number it lies between two', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([100, 2, 10, 9])).toBe(9.5)
})

test('a percentile lies between its two neighbours in proportion', () => {
  const to100 = Array.from({ length: 101 }, (_, index) => 100 - index)
  expect(percentile(to100, 99)).toBe(99)
  expect(percentile([0, 10], 99)).toBeCloseTo(9.9)
  expect(percentile([7], 99)).toBe(7)
})

test('half of all values lie between the outer quartiles', () => {
  expect(quartiles([8, 0, 4, 2, 6])).toEqual({ low: 2, middle: 4, high: 6 })
})

test('nothing has no median', () => {
  expect(median([])).toBeNaN()
})
