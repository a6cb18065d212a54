import { csvOf } from './csv.ts'
import { momentsInOneLine, quotesInOneLine } from '../evidence/quote-texts.ts'
import { bugCells } from './bug-lines.ts'
import { taskCells } from './task-lines.ts'
import type { Grid } from '#contract/interview/grid.ts'
import { LEVEL_NAMES } from '#contract/level.ts'
import type { CandidateReport, Report, ReportMark } from '#contract/interview/report.ts'
import { recommendationWord } from '../texts/wording.ts'

/** A report as a table: one row for each question and each interviewer whose scorecard is included; a question without a scorecard still has one row. */
export function reportCsv(report: Report): string {
  const head = [
    ...['candidate', 'question', 'title', 'level', 'topics', 'asked', 'interviewer', 'score', 'not assessed'],
    ...[
      'key points mentioned',
      'key points total',
      'red flags',
      'notes',
      'answer',
      'answer with late text',
      'requests',
      ...['task', 'expected of it', 'best request', 'conditions that hold', 'conditions'],
      ...['bug', 'files changed', 'reported by their browser', 'runs', 'interviewer’s own run'],
    ],
    ...['seconds used', 'seconds allotted', 'recommendation', 'strengths', 'concerns', 'moments', 'quotes'],
  ]
  const names = new Map(report.interviewers.map(({ id, name }) => [id, name]))
  const rows = report.questions.flatMap((question) => {
    const marks: (ReportMark | null)[] = question.marks.length > 0 ? question.marks : [null]
    return marks.map((mark) => [
      ...[
        report.candidate,
        question.key,
        question.title,
        LEVEL_NAMES[question.level],
        question.topics.join(' '),
      ],
      question.asked ? 'yes' : 'no',
      mark === null ? null : (names.get(mark.interviewer) ?? mark.interviewer),
      mark?.score ?? null,
      mark === null ? null : mark.notAssessed ? 'yes' : 'no',
      mark === null || mark.notAssessed ? null : mark.ticks.length,
      question.keyPoints.length,
      mark === null
        ? null
        : question.redFlags.filter((_text, index) => mark.flags.includes(index)).join('; '),
      mark?.notes ?? null,
      question.answer,
      question.withLate,
      question.requests.length,
      ...taskCells(question),
      ...bugCells(question),
      seconds(question.time.used),
      seconds(question.time.allotted),
      ...recommendationCells(report, mark),
      mark === null ? null : momentsInOneLine(mark),
      mark === null ? null : quotesInOneLine(mark, question),
    ])
  })
  return csvOf([head, ...rows])
}

function recommendationCells({ recommendations }: Report, mark: ReportMark | null): (string | null)[] {
  const found = recommendations.find(({ interviewer }) => interviewer === mark?.interviewer)
  const word = found?.recommendation ? recommendationWord(found.recommendation) : null
  return [word, found?.strengths ?? null, found?.concerns ?? null]
}

/** A report as a file that programs read: its `format` and `version` name its schema. */
export function reportJson(report: Report | CandidateReport): string {
  return `${JSON.stringify(report, null, 2)}\n`
}

/**
 * The grid as a table: one row per candidate, with each interviewer's recommendation and, for each question, a score column per interviewer
 * and the seconds used.
 */
export function gridCsv(grid: Grid): string {
  const head = grid.questions.flatMap(({ title }) => [
    ...grid.interviewers.map(({ name }) => `${title}, ${name}`),
    `${title}, seconds`,
  ])
  const rows = grid.rows.map(({ candidate, phase, recommendations, cells }): (string | number | null)[] => [
    ...[candidate, phase],
    ...grid.interviewers.map(({ id }) => {
      const found = recommendations?.find(({ interviewer }) => interviewer === id)
      return found === undefined ? null : recommendationWord(found.recommendation)
    }),
    ...grid.questions.flatMap(({ key }): (string | number | null)[] => {
      const found = cells.find(({ question }) => question === key)
      if (found?.inSet === false) return [...grid.interviewers.map(() => NOT_IN_SET), null]
      const scores = grid.interviewers.map(
        ({ id }) =>
          found?.scores.find(({ interviewer }) => interviewer === id)?.score ??
          (found?.notAssessed.includes(id) ? 'not assessed' : null),
      )
      return [...scores, found?.asked === true ? seconds(found.used) : null]
    }),
  ])
  const recommendations = grid.interviewers.map(({ name }) => `recommendation, ${name}`)
  return csvOf([['candidate', 'state', ...recommendations, ...head], ...rows])
}

const NOT_IN_SET = 'not in the set'

function seconds(milliseconds: number): number {
  return Math.round(milliseconds / 1000)
}
