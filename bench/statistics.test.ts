import { expect, test } from 'vitest'
import { median, percentile, quartiles } from './statistics.ts'

test('the median of an odd number of values is the middle one, of an even number the mean of the middle two', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(median([100, 2, 10, 9])).toBe(9.5)
})

test('a percentile is interpolated linearly between its two neighbours', () => {
  const to100 = Array.from({ length: 101 }, (_, index) => 100 - index)
  expect(percentile(to100, 99)).toBe(99)
  expect(percentile([0, 10], 99)).toBeCloseTo(9.9)
  expect(percentile([7], 99)).toBe(7)
})

test('quartiles are the 25th, 50th and 75th percentiles', () => {
  expect(quartiles([8, 0, 4, 2, 6])).toEqual({ low: 2, middle: 4, high: 6 })
})

test('the median of no values is NaN', () => {
  expect(median([])).toBeNaN()
})
