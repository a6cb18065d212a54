import type { ReportMark, ReportQuestion } from '#contract/interview/report.ts'

/**
 * Where interviewers differ on a question. Only those who scored it are compared: a missing score is no opinion, and neither is a tick left out
 * by somebody who gave none.
 */
export function differences(marks: readonly ReportMark[], keyPoints: number): ReportQuestion['differ'] {
  const given = marks.filter(({ score }) => score !== null)
  const scores = given.flatMap(({ score }) => score ?? [])
  const lowest = Math.min(...scores)
  const highest = Math.max(...scores)
  const ticked = (index: number): number => given.filter(({ ticks }) => ticks.includes(index)).length
  return {
    scores: scores.length > 1 && lowest < highest ? { lowest, highest } : null,
    keyPoints: Array.from({ length: keyPoints }, (_, index) => index).filter(
      (index) => ticked(index) > 0 && ticked(index) < given.length,
    ),
  }
}
