import type { Misconception, PracticeSet } from '#contract/practice.ts'
import type { EventOf, StudyEvent } from '../log/event.ts'

/** A misconception that a learner has met. */
export interface MetMisconception extends Misconception {
  /** Lessons in whose quizzes and tasks it was met, by slug. */
  slugs: string[]
  /** Each quiz and task in which it was met was answered right since. */
  isGone: boolean
}

/**
 * The misconceptions that a learner has met, in the order of the deck: those still there first. One was met when a wrong option, a
 * wrong order or a near miss stood for it. It is gone when each quiz and task in which it was met was answered right since then; a
 * task counts if its solution wasn't shown. One that the deck doesn't have any more is left out.
 */
export function metMisconceptions(
  log: readonly StudyEvent[],
  sets: readonly PracticeSet[],
): MetMisconception[] {
  const met = new Map<string, Map<string, { slug: string; isGone: boolean }>>()
  for (const event of log) {
    if (event.kind !== 'quiz' && event.kind !== 'task') continue
    const item = itemOf(event)
    for (const id of event.misconceptions) {
      const items = met.get(id) ?? new Map<string, { slug: string; isGone: boolean }>()
      met.set(id, items.set(item, { slug: event.slug, isGone: false }))
    }
    if (!isRight(event)) continue
    for (const items of met.values()) {
      const before = items.get(item)
      if (before !== undefined) items.set(item, { ...before, isGone: true })
    }
  }
  const all = new Map(sets.flatMap(({ misconceptions }) => misconceptions.map((each) => [each.id, each])))
  return [...all.values()]
    .flatMap((misconception) => {
      const items = [...(met.get(misconception.id)?.values() ?? [])]
      if (items.length === 0) return []
      const slugs = [...new Set(items.map(({ slug }) => slug))].sort()
      return [{ ...misconception, slugs, isGone: items.every(({ isGone }) => isGone) }]
    })
    .sort((a, b) => Number(a.isGone) - Number(b.isGone))
}

function itemOf(event: EventOf<'quiz'> | EventOf<'task'>): string {
  return event.kind === 'quiz' ? `quiz:${event.slug}:${event.quiz}` : `task:${event.slug}:${event.task}`
}

function isRight(event: EventOf<'quiz'> | EventOf<'task'>): boolean {
  return event.kind === 'quiz' ? event.isRight : event.isPassed && !event.sawSolution
}
