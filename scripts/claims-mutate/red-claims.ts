import type { Lesson, Step } from '#contract/lesson.ts'
import { LessonClient, type ClaimOutcome } from '../../deck/testing/lesson-client.ts'

/** How a claim is named where several lessons meet: `06/verifies`. */
export function claimKey(lesson: Pick<Lesson, 'slug'>, claimId: string): string {
  return `${lesson.slug.slice(0, 2)}/${claimId}`
}

/**
 * Runs these lessons against an app, all at once, each in a sandbox of its own.
 * @returns the keys of the claims that don't hold, in the order of the deck
 */
export async function redClaims(origin: string, lessons: readonly Lesson[]): Promise<string[]> {
  const found = await Promise.all(
    lessons.map(async (lesson) => {
      const red = await redIn(origin, lesson)
      return red.map((id) => claimKey(lesson, id))
    }),
  )
  return found.flat()
}

/** A busy machine can refute what is said of time, so a claim is red only if it is red twice. */
async function redIn(origin: string, { steps }: Lesson): Promise<string[]> {
  const first = await redOf(origin, steps, steps)
  const suspects = steps.filter(({ claims }) => claims.some(({ id }) => first.has(id)))
  if (suspects.length === 0) return []
  const second = await redOf(origin, steps, suspects)
  return [...first].filter((id) => second.has(id))
}

/** @param wanted those of the lesson's steps that are run, each with what it needs before it */
async function redOf(
  origin: string,
  steps: readonly Step[],
  wanted: readonly Step[],
): Promise<ReadonlySet<string>> {
  const learner = await LessonClient.open(origin)
  const red = new Set<string>()
  for (const step of wanted) {
    const outcomes = await learner.run(steps, step.id).catch(() => withoutEvidence(step))
    for (const { claimId, held } of outcomes) if (!held) red.add(claimId)
  }
  return red
}

/** There is nothing to judge by: no trace, no answer, no value that an earlier step should have saved. */
function withoutEvidence(step: Step): Pick<ClaimOutcome, 'claimId' | 'held'>[] {
  return step.claims.map(({ id }) => ({ claimId: id, held: false }))
}
