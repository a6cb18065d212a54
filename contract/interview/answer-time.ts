import { formatElapsed } from './clock.ts'
import type { EvidenceMoment } from './evidence.ts'

/** A change of a question's clock. */
export interface ClockChange {
  at: number
  kind: 'asked' | 'paused' | 'resumed' | 'left'
}

/**
 * What a question's clock showed as used, in milliseconds.
 * @param changes of this question, in order
 * @returns null when the question wasn't being asked at that time
 */
export function usedAt(changes: readonly ClockChange[], at: number): number | null {
  let used = 0
  let since: number | null = null
  let isAsked = false
  for (const change of changes) {
    if (change.at > at) break
    const runs = change.kind === 'asked' || change.kind === 'resumed'
    if (since !== null && !runs) used += change.at - since
    since = runs ? (since ?? change.at) : null
    isAsked = change.kind !== 'left'
  }
  if (!isAsked) return null
  return since === null ? used : used + at - since
}

/** A moment in words: `at 3:12`, by the question's clock. */
export function momentInWords({ used }: EvidenceMoment): string {
  return used === null ? 'after the question' : `at ${formatElapsed(used)}`
}
