import type { Exchange, StepState } from './exchange.ts'

export type Tone = 'ok' | 'info' | 'warn' | 'bad'

/** The tone in which a status is displayed. */
export function toneOf(status: number): Tone {
  if (status >= 500) return 'bad'
  if (status >= 400) return 'warn'
  return status >= 300 ? 'info' : 'ok'
}

/** A step as the list shows it. */
export interface StepResult {
  state: StepState
  /** The status it got and whether its claims were confirmed, such as `401✓`; empty before it ran. */
  label: string
  tone?: Tone
}

/** @param latest the newest exchange that was sent for the step, unedited */
export function resultOf(state: StepState, latest: Exchange | undefined): StepResult {
  if (!latest || state === 'waiting' || state === 'running') return { state, label: '' }
  const mark = { held: '✓', failed: '✗', sent: '' }[state]
  const { outcome } = latest
  if (outcome.kind === 'burst') return { state, label: `×${outcome.report.n}${mark}`, tone: 'ok' }
  if (outcome.kind === 'failure') return { state, label: mark, tone: 'bad' }
  const { status } = outcome.answer
  return { state, label: `${status}${mark}`, tone: toneOf(status) }
}
