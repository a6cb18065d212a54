import type { PlaygroundMode } from '#contract/interview/playground-mode.ts'

/** What a candidate may do in the playground, as beside a question. */
export const PLAYGROUND_WORDS: Readonly<Record<PlaygroundMode, string>> = {
  closed: 'no playground',
  requests: 'playground, requests only',
  explained: 'playground with explanations',
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
