import type { Lesson } from '#contract/lesson.ts'
import type { OrderQuiz, PredictQuiz } from '#contract/practice.ts'
import type { RequestTrace } from '#contract/trace.ts'
import type { z } from 'zod'
import type { RunQuiz } from '../../deck/practice/requests.ts'
import { runRequests, type Sending } from './run-requests.ts'

/** The key that a run found, or why it found none, as a sentence. */
export type FoundKey = { key: number[] } | { problem: string }

/** Runs a quiz against an app. */
export function keyOfRun(origin: string, lesson: Lesson, quiz: RunQuiz): Promise<FoundKey> {
  return quiz.kind === 'predict' ? keyOfPrediction(origin, lesson, quiz) : keyOfOrder(origin, lesson, quiz)
}

async function keyOfPrediction(
  origin: string,
  lesson: Lesson,
  quiz: z.infer<typeof PredictQuiz>,
): Promise<FoundKey> {
  const expectations = quiz.options.map(({ when }) => when)
  const holding = async (longBursts: boolean) => {
    const outcomes = await runRequests(origin, { lesson, sending: sendingOf(quiz), expectations }, longBursts)
    return { outcomes, key: outcomes.flatMap(({ held }, index) => (held ? [index] : [])) }
  }
  // On a busy machine, the last request of a burst may start after the first one is over.
  const asWritten = await holding(false)
  const { outcomes, key } = asWritten.key.length === 1 ? asWritten : await holding(true)
  if (key.length === 1) return { key }
  const got = outcomes
    .map(({ checks }, index) => {
      const wrong = checks.filter(({ ok }) => !ok)
      return `option ${index}: ${wrong.map((c) => `${c.subject} was ${c.actual}, not ${c.expected}`).join('; ') || 'holds'}`
    })
    .join('\n  ')
  return { problem: `exactly one option may be what happened, but ${key.length} are\n  ${got}` }
}

async function keyOfOrder(
  origin: string,
  lesson: Lesson,
  quiz: z.infer<typeof OrderQuiz>,
): Promise<FoundKey> {
  const expectations = [{ trace: quiz.cards.map(({ step }) => ({ step })) }]
  const [outcome] = await runRequests(origin, { lesson, sending: sendingOf(quiz), expectations })
  const ran = namesIn(outcome?.evidence.trace?.requests ?? [])
  const problems = quiz.cards.flatMap(({ step }) => {
    const count = ran.filter((name) => name === step).length
    return count === 1 ? [] : [`"${step}" ran ${count} times; a card has to run once`]
  })
  if (problems.length > 0) return { problem: `${problems.join('; ')}. What ran: ${ran.join(', ')}` }
  const places = quiz.cards.map(({ step }, index) => ({ index, place: ran.indexOf(step) }))
  return { key: places.sort((a, b) => a.place - b.place).map(({ index }) => index) }
}

/** Names of trace steps in the order in which they started. */
function namesIn(requests: readonly RequestTrace[]): string[] {
  return requests.flatMap(({ steps }) => [...steps].sort((a, b) => a.index - b.index).map(({ name }) => name))
}

function sendingOf({ step, requests }: RunQuiz): Sending {
  return step === undefined ? { requests: requests ?? [], after: [] } : { step }
}
