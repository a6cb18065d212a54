import type { StepState } from '../run/exchange.ts'

/** What a step's mark shows, in words. */
export const STEP_WORDS: Record<StepState, string> = {
  waiting: 'not run',
  running: 'running',
  held: 'claims confirmed',
  failed: 'failed',
  sent: 'sent',
}
