import { z } from 'zod'
import { Duration, Time } from './identity.ts'

/** The clock of one question. Both sides receive it and compute with the functions below, so both show the same time. */
export const Clock = z.object({
  /** The planned minutes plus added time, in milliseconds. */
  allotted: Duration,
  /** Milliseconds used while it ran before. */
  used: Duration,
  /** When it was last started; null while it is paused, not started yet or over. */
  since: Time.nullable(),
})
export type Clock = z.infer<typeof Clock>

/** A clock that hasn't started. */
export function newClock(allottedMs: number): Clock {
  return { allotted: allottedMs, used: 0, since: null }
}

/** Milliseconds used by `now`. Never less than before, even when `now` comes from a machine whose clock is behind. */
export function usedBy(clock: Clock, now: number): number {
  return clock.used + (clock.since === null ? 0 : Math.max(0, now - clock.since))
}

/** Milliseconds left; below zero in overtime. */
export function remainingAt(clock: Clock, now: number): number {
  return clock.allotted - usedBy(clock, now)
}

/** When a running clock will reach zero; null while it is stopped. */
export function endOf(clock: Clock): number | null {
  return clock.since === null ? null : clock.since + clock.allotted - clock.used
}

/** The clock running from `now` on; a running clock is returned unchanged. */
export function started(clock: Clock, now: number): Clock {
  return clock.since === null ? { ...clock, since: now } : clock
}

/** The clock stopped at `now`; a stopped clock keeps its time. */
export function stopped(clock: Clock, now: number): Clock {
  return { ...clock, used: usedBy(clock, now), since: null }
}

/** A length of time on a clock, `4:05`; in whole seconds. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** `12:05`, and `+0:30` for overtime. In whole seconds; 0:00 means that the time is up. */
export function formatRemaining(milliseconds: number): string {
  if (milliseconds < 0) return `+${formatElapsed(-milliseconds)}`
  return formatElapsed(Math.ceil(milliseconds / 1000) * 1000)
}
