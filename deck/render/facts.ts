import type { Fact } from '#contract/fact.ts'
import type { Deck } from '#contract/lesson.ts'
import { factObstacle, type FactGroup } from '#contract/original-tab/facts.ts'

/** The facts of the lessons that have any, as the list of all facts has them. */
export function factGroups(deck: Deck): FactGroup[] {
  return withFacts(deck).map(({ name, number, title, facts }) => ({
    ...{ name, number, title },
    facts: facts.map((fact) => {
      const obstacle = factObstacle(fact)
      return { id: fact.id, sentence: fact.sentence, ...(obstacle && { obstacle }) }
    }),
  }))
}

/** The facts themselves, by the name of their lesson. */
export function factsByLesson(deck: Deck): Map<string, Fact[]> {
  return new Map(
    withFacts(deck).map((lesson) => [
      lesson.name,
      lesson.facts.map(({ id, sentence, code, environments, measured, output }) => ({
        ...{ id, sentence, code, environments, measured, output },
      })),
    ]),
  )
}

function withFacts(deck: Deck): Deck {
  return deck.filter(({ facts }) => facts.length > 0)
}
