import { FSRSAlgorithm, generatorParameters, type FSRSState } from 'ts-fsrs'

/** How well a card is remembered, as FSRS models it. Stability is the days after which it is still known with 90 %. */
export type Memory = FSRSState

export const GRADES = { again: 1, hard: 2, good: 3, easy: 4 } as const
export type Grade = (typeof GRADES)[keyof typeof GRADES]

const algorithm = new FSRSAlgorithm(generatorParameters({ request_retention: 0.9, enable_fuzz: false }))

/** A card's memory after a grade. @param days whole days since the last one; 0 on the same day */
export function memoryAfter(before: Memory | null, days: number, grade: Grade): Memory {
  return algorithm.next_state(before, days, grade)
}

/** Days until a card is due after each grade, as `intervalAfter` has them. */
export function intervalsAfter(before: Memory | null, days: number): Record<Grade, number> {
  const after = (grade: Grade): number => intervalAfter(before, days, grade)
  return { 1: after(1), 2: after(2), 3: after(3), 4: after(4) }
}

/**
 * Days until a card is due after a grade. `again` is due on the same day; each better grade waits a day longer at least, except that
 * hard may wait as long as good.
 */
export function intervalAfter(before: Memory | null, days: number, grade: Grade): number {
  const plain = (grade: Grade): number =>
    algorithm.next_interval(memoryAfter(before, days, grade).stability, days)
  if (grade === GRADES.again) return 0
  const good = plain(GRADES.good)
  if (grade === GRADES.hard) return Math.min(plain(GRADES.hard), good)
  return grade === GRADES.good ? good : Math.max(plain(GRADES.easy), good + 1)
}

/** The likelihood, 0 to 1, that a card is known so many days after it was last graded. */
export function likelihoodAfter(days: number, memory: Memory): number {
  return algorithm.forgetting_curve(Math.max(0, days), memory.stability)
}
