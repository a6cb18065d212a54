import type { Fault } from '../fault.ts'
import type { ReadLesson } from '../lesson-folder.ts'
import { routesOf } from './routes.ts'
import { trialFaults } from './trial-faults.ts'
import { fooledClaims, otherSteps, tryLesson } from './try-lesson.ts'

/** Lessons that are tried at once. Most of a trial is waiting and passwords, which have threads of their own. */
const AT_ONCE = 4

/**
 * Tries every claim of these lessons against the app: in the lesson's order, and each step by itself.
 * @param origin of an app that no one else uses, such as `http://localhost:8000`
 * @returns what is wrong with them, in the order of the deck
 */
export async function tryDeck(origin: string, lessons: readonly ReadLesson[]): Promise<Fault[]> {
  const [routes, others] = await Promise.all([routesOf(origin), otherSteps(origin)])
  const faultsOf = async (read: ReadLesson): Promise<Fault[]> => {
    const trial = await tryLesson(origin, read.lesson)
    return trialFaults(read, { trial, fooled: fooledClaims(read.lesson, trial.inOrder, others), routes })
  }
  const faults: Fault[][] = []
  const waiting = [...lessons.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      faults[next[0]] = await faultsOf(next[1])
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  // Lessons that run at once share the machine: what was false then is tried again without company.
  for (const [index, read] of lessons.entries()) {
    if (faults[index]!.some(({ isWarning }) => !isWarning)) faults[index] = await faultsOf(read)
  }
  return faults.flat()
}
