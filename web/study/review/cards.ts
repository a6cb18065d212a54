import type { StudyQuestion } from '#contract/page.ts'

/** What a card asks for. */
export type CardKind = 'say' | 'point' | 'follow-up' | 'mistake'

export interface StudyCard {
  id: string
  kind: CardKind
  question: StudyQuestion
  /** The key point, follow-up or mistake; the question itself where it is to be said. */
  text: string
}

/** Seconds that a card takes, for estimates. */
const SECONDS: Readonly<Record<CardKind, number>> = {
  ...{ say: 90, point: 25, 'follow-up': 45, mistake: 30 },
}

/** Identifies a card by its text: a point that was rewritten is a new card. */
export function cardId(kind: CardKind, slug: string, text = ''): string {
  return kind === 'say' ? `say:${slug}` : `${kind}:${slug}:${text}`.slice(0, 500)
}

/**
 * Every card of a deck in the order in which new ones are introduced: question by question, each said first, then its key points,
 * mistakes and follow-ups in turn, so that one point rarely stands right after another that shows it.
 */
export function cardsOf(questions: readonly StudyQuestion[]): StudyCard[] {
  return questions.flatMap((question) => {
    const card = (kind: CardKind, text: string): StudyCard => ({
      ...{ id: cardId(kind, question.slug, text), kind, question, text },
    })
    const points = question.keyPoints.map((text) => card('point', text))
    const others = [
      ...question.commonMistakes.map(({ mistake }) => card('mistake', mistake)),
      ...question.followUps.map((followUp) => card('follow-up', followUp.question)),
    ]
    const mixed = points.flatMap((point, index) => [point, ...others.slice(index, index + 1)])
    return [card('say', question.question), ...mixed, ...others.slice(points.length)]
  })
}

/** Minutes that cards take, rounded up; none take none. */
export function minutesFor(kinds: readonly CardKind[]): number {
  return Math.ceil(kinds.reduce((sum, kind) => sum + SECONDS[kind], 0) / 60)
}
