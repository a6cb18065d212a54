import type { Claim } from '#contract/claim.ts'
import { actualOf } from '#contract/predict/actual.ts'
import type { Prediction } from '#contract/predict/prediction.ts'
import { meaningOf } from '#contract/status-meaning.ts'
import type { Exchange } from '../run/exchange.ts'

export interface Judged {
  isRight: boolean
  /** `You said 401. It was 422:`, or `Right: 422.` */
  said: string
  /** Why it was so; empty where the prediction was right. Words between backticks are code. */
  why: string
  /** Ids of the misconceptions behind a wrong prediction. */
  misconceptions: string[]
}

/** What really happened, as the value of a choice; null if there was no answer, or that can't be told. */
export function actualIn({ ask }: Prediction, { outcome, claims, trace }: Exchange): string | null {
  if (outcome.kind === 'failure') return null
  const json = outcome.kind === 'answer' ? outcome.answer.json : null
  return actualOf(ask, { checks: claims.flatMap(({ checks }) => checks), json, trace })
}

/** Compares a prediction with what happened. @param claims of the step; one of them says why */
export function judge(
  { ask, choices, answer, claim }: Prediction,
  chosen: string,
  actual: string,
  claims: readonly Claim[],
): Judged {
  const words = (value: string): string =>
    ask === 'status' ? value : (choices.find((choice) => choice.value === value)?.label ?? value)
  if (chosen === actual)
    return { isRight: true, said: `Right: ${words(actual)}.`, why: '', misconceptions: [] }
  const isAsExpected = actual === answer
  const mistake = isAsExpected ? choices.find(({ value }) => value === chosen)?.mistake : undefined
  const shows = isAsExpected ? claims.find(({ id }) => id === claim)?.shows : undefined
  const why = mistake?.because ?? shows ?? (ask === 'status' ? meaningOf(Number(actual)).explanation : '')
  return {
    isRight: false,
    said: `You said ${words(chosen)}. It was ${words(actual)}${why ? ':' : '.'}`,
    why,
    misconceptions: mistake ? [mistake.misconception] : [],
  }
}
