import { watch } from 'vue'
import type { Clock } from '#contract/interview/clock.ts'
import { useRemaining, type ServerTime } from '../time/time.ts'
import type { Announce } from './use-announcer.ts'

const MINUTE_MS = 60_000

/** Announces that a minute is left for a question, and that its time is up: clocks themselves are silent. */
export function useTimeNews(
  present: () => { key: string; clock: Clock } | null,
  time: ServerTime,
  announce: Announce,
): void {
  const remaining = useRemaining(() => present()?.clock ?? null, time)
  watch([() => present()?.key, remaining], ([key, now], [keyBefore, before]) => {
    if (key !== keyBefore || now === null || before === null || before === undefined) return
    if (before > 0 && now <= 0) announce('Time is up for this question.')
    else if (before > MINUTE_MS && now <= MINUTE_MS && now > 0) announce('One minute left for this question.')
  })
}
