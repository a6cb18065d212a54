import type { ReportMark, ReportQuestion } from '#contract/interview/report.ts'

/**
 * Where interviewers differ on a question. Only those who scored it are compared: a missing score isn't an opinion, and a missing tick of
 * someone who gave no score isn't one either.
 */
export function differences(marks: readonly ReportMark[], keyPoints: number): ReportQuestion['differ'] {
  const scored = marks.filter(({ score }) => score !== null)
  const scores = scored.flatMap(({ score }) => score ?? [])
  const lowest = Math.min(...scores)
  const highest = Math.max(...scores)
  const ticked = (index: number): number => scored.filter(({ ticks }) => ticks.includes(index)).length
  return {
    scores: scores.length > 1 && lowest < highest ? { lowest, highest } : null,
    keyPoints: Array.from({ length: keyPoints }, (_, index) => index).filter(
      (index) => ticked(index) > 0 && ticked(index) < scored.length,
    ),
  }
}
