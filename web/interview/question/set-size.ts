import type { Pool, PoolKey } from '#contract/interview/plan.ts'
import { counted } from '../texts/wording.ts'

interface SetPart {
  questions: readonly { minutes: number; pool?: PoolKey | undefined }[]
  pools: readonly Pool[]
}

/** How many questions a candidate is asked, and for how many minutes: with pools, it depends on the draw. */
export interface SetSize {
  questions: number
  /** Questions that the draw is made from, including those that everyone is asked. */
  of: number
  least: number
  most: number
}

/** The size of a set for one candidate. */
export function sizeOf({ questions, pools }: SetPart): SetSize {
  const size = { questions: 0, of: questions.length, least: 0, most: 0 }
  const always = questions.filter(({ pool }) => pool === undefined)
  const parts = [
    { draw: always.length, from: always },
    ...pools.map(({ key, draw }) => ({ draw, from: questions.filter(({ pool }) => pool === key) })),
  ]
  for (const { draw, from } of parts) {
    const sorted = from.map(({ minutes }) => minutes).sort((one, other) => one - other)
    size.questions += Math.min(draw, sorted.length)
    size.least += sum(sorted.slice(0, draw))
    size.most += sum(sorted.slice(-draw))
  }
  return size
}

/** The same in words: `5 questions`, or with pools `5 of 8 questions`. */
export function questionsInWords({ questions, of }: SetSize): string {
  return questions === of ? counted(of, 'question') : `${questions} of ${counted(of, 'question')}`
}

/** `45 minutes`, or with pools `40 to 45 minutes`. */
export function minutesInWords({ least, most }: SetSize): string {
  return least === most ? counted(most, 'minute') : `${least} to ${counted(most, 'minute')}`
}

function sum(minutes: readonly number[]): number {
  return minutes.reduce((total, one) => total + one, 0)
}
