// @vitest-environment node
import { expect, test } from 'vitest'
import type { ReportQuote } from '#contract/interview/evidence.ts'
import type { Report } from '#contract/interview/report.ts'
import { reportCsv } from './export-data.ts'
import { reportMarkdown } from './export-markdown.ts'
import { textsOf } from './printed-texts.ts'

const IDA = '11111111-1111-4111-8111-111111111111'
const REQUEST = '22222222-2222-4222-8222-222222222222'
const minute = (used: number | null) => ({ at: 1_795_597_200_000 + (used ?? 0), used })

function quote(more: Partial<ReportQuote>): ReportQuote {
  return {
    id: '33333333-3333-4333-8333-333333333333',
    target: { kind: 'key-point', index: 0 },
    source: { kind: 'answer', words: '=signed,\nnot *hidden*', position: 3 },
    moment: minute(192_000),
    stands: true,
    ...more,
  }
}

/** A report with what the exports read of it. */
function report(quotes: readonly ReportQuote[]): Report {
  const mark = {
    ...{ interviewer: IDA, score: 3, notAssessed: false, ticks: [0], flags: [0], notes: '' },
    times: { score: minute(300_000), 'tick/0': minute(180_000), 'flag/0': minute(null) },
    quotes,
  }
  const request = {
    ...{ id: REQUEST, question: 'q1', at: 1, method: 'GET', path: '/users/7', headers: [], body: null },
    ...{ status: 404, answerHeaders: [], answer: { text: '{}', whole: true }, took: 1, trace: null },
  }
  const question = {
    ...{ key: 'q1', slug: null, title: 'Tokens', question: 'What is a token?', level: 'junior', topics: [] },
    ...{
      asked: true,
      task: null,
      bug: null,
      snippets: [],
      answer: 'x',
      withLate: null,
      lateAt: null,
      revealedAt: null,
      followUps: [],
    },
    ...{
      keyPoints: ['It is signed', 'It expires'],
      redFlags: ['It is encrypted'],
      rubric: ['', '', '', 'Fine', ''],
    },
    ...{ marks: [mark], requests: [request], time: { allotted: 300_000, used: 300_000 }, notAssessed: false },
    differ: { scores: null, keyPoints: [], redFlags: [] },
  }
  return {
    ...{ title: 'Set', candidate: 'Cleo', mode: 'live', startedAt: 1, endedAt: 2, topics: [], notes: [] },
    ...{ moments: [], gaps: [], requestsFull: false, study: [], recommendations: [], formerNames: [] },
    ...{ interviewers: [{ id: IDA, name: 'Ida', handedIn: 3, seen: true }], questions: [question] },
  } as unknown as Report
}

const QUOTES = [
  quote({}),
  quote({ stands: false, source: { kind: 'answer', words: 'gone', position: 0 } }),
  quote({ target: { kind: 'red-flag', index: 0 }, source: { kind: 'request', request: REQUEST } }),
]

test('Markdown has each quote below its key point, escaped, with its moment', () => {
  const markdown = reportMarkdown(report(QUOTES))
  expect(markdown).toContain('### Ida: 3, solid, at 5:00')
  expect(markdown).toContain(
    [
      '- [x] It is signed, at 3:00',
      '  - “=signed, not \\*hidden\\*” \\(at 3\\:12\\)',
      '  - “gone” \\(at 3\\:12, no longer in the answer\\)',
      '- [ ] It expires',
    ].join('\n'),
  )
  expect(markdown).toContain(
    'Red flag: It is encrypted, after the question\n  - GET /users/7 404 \\(at 3\\:12\\)',
  )
})

test('a table has the moments and the quotes of each interviewer in a cell of their own', () => {
  const csv = reportCsv(report(QUOTES))
  expect(csv.split('\r\n')[0]).toMatch(/"moments","quotes"$/)
  expect(csv).toContain('"score at 5:00; key point 1 at 3:00; red flag 1 after the question"')
  expect(csv).toContain('key point 1: “=signed, not *hidden*” (at 3:12); key point 1: “gone”')
  expect(csv).toContain('red flag 1: GET /users/7 404 (at 3:12)"')
})

test('on paper the words follow the key point, and count as the lines that they take', () => {
  const [question] = report(QUOTES).questions
  if (question === undefined) throw new Error('no question')
  expect(textsOf(question).map(({ text }) => text)).toContainEqual(
    expect.stringContaining('✓ It is signed (Name) “=signed, not *hidden*” (at 3:12) “gone”') as string,
  )
})
