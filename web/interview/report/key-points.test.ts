// @vitest-environment node
import { expect, test } from 'vitest'
import type { ReportMark, ReportQuestion } from '#contract/interview/report.ts'
import { keyPointsOf, tickedCount } from './key-points.ts'

const NAMES = new Map([
  ['a', 'Ada'],
  ['g', 'Grace'],
])

function mark(interviewer: string, more: Partial<ReportMark> = {}): ReportMark {
  const blank = { score: null, notAssessed: false, ticks: [], flags: [], times: {}, quotes: [], notes: '' }
  return { interviewer, ...blank, ...more }
}

function question(...marks: ReportMark[]): ReportQuestion {
  const differ = { scores: null, keyPoints: [], redFlags: [] }
  return { keyPoints: ['one', 'two', 'three'], marks, differ } as unknown as ReportQuestion
}

test('key points that several interviewers ticked are counted once, and for each of them', () => {
  const both = question(mark('a', { score: 3, ticks: [0, 1] }), mark('g', { score: 2, ticks: [1] }))
  expect(tickedCount(both, NAMES)).toBe('2 of 3 (Ada 2, Grace 1)')
  expect(keyPointsOf(both).map(({ by }) => by)).toEqual([['a'], ['a', 'g'], []])
  expect(tickedCount(question(mark('a', { score: 3, ticks: [2] })), NAMES)).toBe('1 of 3')
})

test('where no one has judged the question, no key point counts as missed', () => {
  for (const none of [
    question(),
    question(mark('a')),
    question(mark('a', { notAssessed: true }), mark('g')),
  ]) {
    expect(tickedCount(none, NAMES)).toBe('–')
    expect(keyPointsOf(none)).toEqual([])
  }
  const one = question(mark('a', { notAssessed: true }), mark('g', { score: 0 }))
  expect(tickedCount(one, NAMES)).toBe('0 of 3 (Grace 0)')
})
