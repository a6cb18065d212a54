// @vitest-environment node
import { expect, test } from 'vitest'
import { dateStyle, lengthOf } from './time.ts'

const EVENING = new Date(2026, 10, 26, 19, 4)

function written(language: string): string {
  const { locale, hourCycle } = dateStyle(language)
  return EVENING.toLocaleString(locale, {
    ...{ month: 'long', day: 'numeric', hour: 'numeric', minute: '2-digit', hourCycle },
  }).replaceAll('\u202f', ' ')
}

test.each([
  ['en-US', 'November 26 at 7:04 PM'],
  ['en-GB', '26 November at 19:04'],
  ['en-IN', '26 November at 7:04 pm'],
  ['de-DE', '26 November at 19:04'],
  ['ja-JP', '26 November at 19:04'],
  ['ar-EG', '26 November at 7:04 pm'],
])('a date for a browser in %s is in English, on the clock of that language', (language, expected) => {
  expect(written(language)).toBe(expected)
})

test('a length of time has one form', () => {
  const lengths = [0, 12_400, 59_400, 60_000, 239_000, 3_599_000, 3_600_000, 3_900_000]
  expect(lengths.map(lengthOf)).toEqual(['0 s', '12 s', '59 s', '1 min', '4 min', '1 h', '1 h', '1 h 5 min'])
})
