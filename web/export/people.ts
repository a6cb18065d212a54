import type { Step } from '../../contract/lesson.ts'
import type { Person } from '../../contract/sandbox.ts'

/** A lesson as far as an export needs it. */
export interface StepsOfLesson {
  title: string
  steps: readonly Step[]
}

/** The people that steps call as, each once, in the order of the sandbox. */
export function peopleIn(
  lessons: readonly StepsOfLesson[],
  people: readonly Person[],
): { key: string; person: Person }[] {
  const callers = new Set<string>(lessons.flatMap(({ steps }) => steps.map((step) => step.as)))
  return people.flatMap((person) => {
    const key = person.name.split(' ')[0]?.toLowerCase() ?? ''
    return callers.has(key) ? [{ key, person }] : []
  })
}
