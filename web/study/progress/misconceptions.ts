import type { Misconception, PracticeSet } from '#contract/practice.ts'
import type { StudyEvent } from '../log/event.ts'
import { cardId, slugOf } from '../review/cards.ts'
import { predictionId } from '../review/grades.ts'
import { GRADES } from '../review/memory.ts'

/** A misconception that a learner has met. */
export interface MetMisconception extends Misconception {
  /** Lessons in which it was met, by slug. */
  slugs: string[]
  /** Everything in which it was met was answered right since. */
  isGone: boolean
}

/**
 * The misconceptions that a learner has met, in the order of the deck: those still there first. One was met when a wrong prediction, a
 * wrong option, a wrong order or a near miss stood for it. It is gone when each prediction, quiz and task in which it was met was
 * answered right since then; a task counts if its solution wasn't shown. One that the deck doesn't have any more is left out.
 */
export function metMisconceptions(
  log: readonly StudyEvent[],
  sets: readonly PracticeSet[],
): MetMisconception[] {
  const met = new Map<string, Map<string, { slug: string; isGone: boolean }>>()
  for (const event of log) {
    const answer = answerIn(event)
    if (answer === null) continue
    const { item, slug, isRight, misconceptions } = answer
    for (const id of misconceptions) {
      const items = met.get(id) ?? new Map<string, { slug: string; isGone: boolean }>()
      met.set(id, items.set(item, { slug, isGone: false }))
    }
    if (!isRight) continue
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

/** What an event says of one prediction, quiz or task. */
interface Answer {
  /** Names the prediction, quiz or task. */
  item: string
  slug: string
  isRight: boolean
  misconceptions: readonly string[]
}

function answerIn(event: StudyEvent): Answer | null {
  switch (event.kind) {
    case 'prediction': {
      const { slug, chosen, actual, misconceptions = [] } = event
      return { item: predictionId(event), slug, isRight: chosen === actual, misconceptions }
    }
    case 'review': {
      const { card, grade, misconceptions = [] } = event
      // Other cards are graded by a feeling.
      const isPrediction = card.startsWith('predict:')
      return isPrediction
        ? { item: card, slug: slugOf(card), isRight: grade > GRADES.again, misconceptions }
        : null
    }
    case 'quiz': {
      const { slug, quiz, isRight, misconceptions } = event
      return { item: cardId('quiz', slug, quiz), slug, isRight, misconceptions }
    }
    case 'task': {
      const { slug, task, isPassed, sawSolution, misconceptions } = event
      return { item: `task:${slug}:${task}`, slug, isRight: isPassed && !sawSolution, misconceptions }
    }
    default:
      return null
  }
}
