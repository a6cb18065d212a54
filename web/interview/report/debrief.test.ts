// @vitest-environment node
import { expect, test } from 'vitest'
import type { ReportQuote } from '#contract/interview/evidence.ts'
import type { Report, ReportQuestion } from '#contract/interview/report.ts'
import { debatedQuestions, quotedText, recommendationsDiffer } from './debrief.ts'

function question(key: string, differ: Partial<ReportQuestion['differ']>, ticks: number[][] = []) {
  return {
    ...{ key, keyPoints: ['first', 'second'], redFlags: ['wrong'] },
    marks: ticks.map((ticks, at) => ({ interviewer: String(at), ticks, flags: at === 0 ? [0] : [] })),
    differ: { scores: null, keyPoints: [], redFlags: [], ...differ },
  }
}

function report(more: object): Report {
  return { questions: [], recommendations: [], ...more } as unknown as Report
}

test('only questions on which interviewers differ are debated, and scores that are two or more apart come first', () => {
  const questions = [
    question('q1', {}),
    question('q2', { scores: { lowest: 2, highest: 3 } }),
    question('q3', { keyPoints: [1] }, [[1], []]),
    question('q4', { scores: { lowest: 0, highest: 2 } }),
    question('q5', { redFlags: [0] }, [[], []]),
    question('q6', { scores: { lowest: 1, highest: 4 } }),
  ]
  const debated = debatedQuestions(report({ questions }))
  expect(debated.map(({ question: { key }, number, spread }) => [key, number, spread])).toEqual([
    ['q4', 4, 2],
    ['q6', 6, 3],
    ['q2', 2, 1],
    ['q3', 3, 0],
    ['q5', 5, 0],
  ])
  expect(debated[3]?.keyPoints).toEqual([{ text: 'second', ticked: [true, false] }])
  expect(debated[4]?.redFlags).toEqual([{ text: 'wrong', ticked: [true, false] }])
})

test('a quote is the words of the answer, or the request as one line', () => {
  const asked = {
    requests: [{ id: 'r1', method: 'GET', path: '/users/9', status: 404 }],
  } as unknown as ReportQuestion
  const quoted = (source: object) => quotedText(asked, { source } as unknown as ReportQuote)
  expect(quoted({ kind: 'answer', words: 'It is signed.', position: 3 })).toBe('It is signed.')
  expect(quoted({ kind: 'request', request: 'r1' })).toBe('GET /users/9 404')
  expect(quoted({ kind: 'request', request: 'r2' })).toBe('')
})

test('recommendations differ when two are given that are not the same', () => {
  const differ = (...given: (string | null)[]) =>
    recommendationsDiffer(report({ recommendations: given.map((recommendation) => ({ recommendation })) }))
  expect([differ(), differ('yes'), differ('yes', null), differ('yes', 'yes')]).toEqual(Array(4).fill(false))
  expect([differ('yes', 'strong-yes'), differ(null, 'no', 'no-decision')]).toEqual([true, true])
})
