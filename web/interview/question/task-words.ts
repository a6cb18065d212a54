import { bestOf, heldOf, type JudgedRequest, type Judgement } from '#contract/interview/task.ts'

/** How much of a task holds, as a badge says it. */
export interface TaskMark {
  text: string
  tone: 'ok' | 'warn'
}

/** `3 of 4 hold`, and `all 4 hold` for a request that passed. */
export function heldWords(judgement: Judgement): string {
  const { held, of } = heldOf(judgement)
  return judgement.passed ? `all ${of} hold` : `${held} of ${of} hold`
}

/** What each judged request came to, by its id; the best one is named. */
export function taskMarks(judged: readonly JudgedRequest[]): ReadonlyMap<string, TaskMark> {
  const best = bestOf(judged)
  return new Map(
    judged.map((one) => [
      one.request,
      {
        text:
          one === best && judged.length > 1 ? `best: ${heldWords(one.judgement)}` : heldWords(one.judgement),
        tone: one.judgement.passed ? 'ok' : 'warn',
      },
    ]),
  )
}
