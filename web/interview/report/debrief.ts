import type { ReportQuote } from '#contract/interview/evidence.ts'
import type { Report, ReportMark, ReportQuestion } from '#contract/interview/report.ts'

/** From this difference between two scores on, a question comes first in a debrief. */
const LARGE_DIFFERENCE = 2

/** A key point or a red flag on which interviewers differ, and whether each of them ticked it: in the order of `marks`. */
interface DebatedTick {
  text: string
  ticked: boolean[]
}

/** A question to talk about after an interview. */
export interface DebatedQuestion {
  question: ReportQuestion
  /** Its place in the set, from 1. */
  number: number
  /** Difference between the highest score and the lowest. */
  spread: number
  /** Whether the scores are so far apart that it comes first. */
  isLarge: boolean
  keyPoints: DebatedTick[]
  redFlags: DebatedTick[]
}

/** Questions on which interviewers differ, those with far-apart scores first, and otherwise in the order of the set. */
export function debatedQuestions({ questions }: Report): DebatedQuestion[] {
  const debated = questions.flatMap((question, index): DebatedQuestion[] => {
    const { scores, keyPoints, redFlags } = question.differ
    if (scores === null && keyPoints.length + redFlags.length === 0) return []
    const spread = scores === null ? 0 : scores.highest - scores.lowest
    return [
      {
        ...{ question, number: index + 1, spread, isLarge: spread >= LARGE_DIFFERENCE },
        keyPoints: keyPoints.map((at) => debatedTick(question, at, 'keyPoints', 'ticks')),
        redFlags: redFlags.map((at) => debatedTick(question, at, 'redFlags', 'flags')),
      },
    ]
  })
  return [...debated.filter(({ isLarge }) => isLarge), ...debated.filter(({ isLarge }) => !isLarge)]
}

/** Whether interviewers recommend different things. One who recommends nothing doesn't differ from anyone. */
export function recommendationsDiffer({ recommendations }: Report): boolean {
  const given = recommendations.flatMap(({ recommendation }) => recommendation ?? [])
  return new Set(given).size > 1
}

/** The interviewers whose scorecards can be compared: one's own, and those that are submitted once one's own is, too. */
export function comparedInterviewers({ interviewers }: Report): Report['interviewers'] {
  return interviewers.filter(({ seen, handedIn }) => seen && handedIn !== null)
}

/** What was quoted: words of the answer, or a request on one line. */
export function quotedText({ requests }: ReportQuestion, { source }: ReportQuote): string {
  if (source.kind === 'answer') return source.words
  const request = requests.find(({ id }) => id === source.request)
  return request === undefined ? '' : `${request.method} ${request.path} ${request.status}`
}

function debatedTick(
  question: ReportQuestion,
  index: number,
  texts: 'keyPoints' | 'redFlags',
  of: keyof Pick<ReportMark, 'ticks' | 'flags'>,
): DebatedTick {
  return {
    text: question[texts][index] ?? '',
    ticked: question.marks.map((mark) => mark[of].includes(index)),
  }
}
