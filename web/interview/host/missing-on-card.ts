import type { HostView } from '#contract/interview/host-view.ts'
import type { Question } from '#contract/interview/plan.ts'

/** Questions that were asked, and that this interviewer neither scored nor marked as not assessed; with their numbers in the set. */
export function questionsWithoutScore(
  view: HostView,
  questions: readonly Question[],
): (Question & { number: number })[] {
  const { scores, notAssessed } = view.card
  const asked = new Set(view.questions.filter(({ askedAt }) => askedAt !== null).map(({ key }) => key))
  return questions
    .map((question, index) => ({ ...question, number: index + 1 }))
    .filter(({ key }) => asked.has(key) && scores[key] === undefined && !notAssessed.includes(key))
}
