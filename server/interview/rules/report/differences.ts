import type { ReportMark, ReportQuestion } from '#contract/interview/report.ts'

/**
 * Where interviewers differ on a question. A score and a tick are opinions; a missing score isn't one, and neither is the missing tick of
 * someone who gave no score.
 */
export function differences(
  marks: readonly ReportMark[],
  keyPoints: number,
  redFlags: number,
): ReportQuestion['differ'] {
  const scores = marks.flatMap(({ score }) => score ?? [])
  const lowest = Math.min(...scores)
  const highest = Math.max(...scores)
  const differing = (count: number, of: 'ticks' | 'flags'): number[] =>
    Array.from({ length: count }, (_, index) => index).filter(
      (index) =>
        marks.some((mark) => mark[of].includes(index)) &&
        marks.some((mark) => mark.score !== null && !mark[of].includes(index)),
    )
  return {
    scores: scores.length > 1 && lowest < highest ? { lowest, highest } : null,
    keyPoints: differing(keyPoints, 'ticks'),
    redFlags: differing(redFlags, 'flags'),
  }
}
