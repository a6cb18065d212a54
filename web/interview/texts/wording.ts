import type { ExtraTime } from '#contract/interview/extra-time.ts'
import type { Question } from '#contract/interview/plan.ts'
import type { FormerName } from '#contract/interview/presence.ts'
import type { PlaygroundMode } from '#contract/interview/playground-mode.ts'
import type { Recommendation } from '#contract/interview/recommendation.ts'
import { dayAndTime } from '../time/time.ts'

/** What a candidate may do in the playground, as beside a question. */
const PLAYGROUND_WORDS: Readonly<Record<PlaygroundMode, string>> = {
  closed: 'no playground',
  requests: 'playground, requests only',
  explained: 'playground with explanations',
}

/** What a candidate has for a question besides the text field. */
export function meansWords({ playground, bug }: Pick<Question, 'playground' | 'bug'>): string {
  return bug === null ? PLAYGROUND_WORDS[playground] : 'a bug to fix'
}

/** What an interviewer can recommend, in the order in which it is offered. */
export const RECOMMENDATION_WORDS: Readonly<Record<Recommendation, string>> = {
  'strong-no': 'Strong no',
  no: 'No',
  yes: 'Yes',
  'strong-yes': 'Strong yes',
  'no-decision': 'No decision',
}

/** A recommendation, or that there is none. */
export function recommendationWord(recommendation: Recommendation | null): string {
  return recommendation === null ? 'No recommendation' : RECOMMENDATION_WORDS[recommendation]
}

/** Names of the groups that a report sorts scores into. */
export const SCORE_GROUPS = { strong: 'Strong (3–4)', fair: 'Fair (2)', weak: 'Weak (0–1)' } as const

/** A number with its noun: `1 question`, `5 questions`. @param noun in the singular */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** Names as a sentence lists them: `Ida, Jon, and Mei`. */
export function listed(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names)
}

/** Extra time as interviewers read it: `+25 %`, or `+5 min a question`. */
export function extraTimeWords(extraTime: ExtraTime): string {
  return extraTime.unit === 'percent' ? `+${extraTime.percent} %` : `+${extraTime.minutes} min a question`
}

/** That the candidate joined again under another name, and what the old one was. */
export function formerNameWords({ name, until }: FormerName): string {
  return `Rejoined under another name, ${dayAndTime(until)}; before as ${name}`
}
