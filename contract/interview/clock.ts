import { z } from 'zod'
import { Duration, Time } from './identity.ts'

/** The time of one question. Both sides get this and reckon with the functions below, so both show the same. */
export const Clock = z.object({
  /** The minutes of the plan and what was added, in milliseconds. */
  allotted: Duration,
  /** Milliseconds used in spans that are over. */
  used: Duration,
  /** Since when it runs; null while it is paused, not begun or over. */
  since: Time.nullable(),
})
export type Clock = z.infer<typeof Clock>

/** A clock that hasn't begun. */
export function newClock(minutes: number): Clock {
  return { allotted: minutes * 60_000, used: 0, since: null }
}

/** Milliseconds used by `now`. It never falls, not even when `now` comes from a machine whose clock is behind. */
export function usedBy(clock: Clock, now: number): number {
  return clock.used + (clock.since === null ? 0 : Math.max(0, now - clock.since))
}

/** Milliseconds left; below zero in overtime. */
export function remainingAt(clock: Clock, now: number): number {
  return clock.allotted - usedBy(clock, now)
}

/** When a running clock will be at zero; null while it stands. */
export function endOf(clock: Clock): number | null {
  return clock.since === null ? null : clock.since + clock.allotted - clock.used
}

/** Goes on from `now`; a clock that runs stays as it is. */
export function started(clock: Clock, now: number): Clock {
  return clock.since === null ? { ...clock, since: now } : clock
}

/** Stands from `now` on; a clock that stands stays as it is. */
export function stopped(clock: Clock, now: number): Clock {
  return { ...clock, used: usedBy(clock, now), since: null }
}

/** `12:05`, and `+0:30` for overtime. Counts whole seconds and shows 0:00 only when the time is up. */
export function formatRemaining(milliseconds: number): string {
  const over = milliseconds < 0
  const seconds = over ? Math.floor(-milliseconds / 1000) : Math.ceil(milliseconds / 1000)
  const rest = String(seconds % 60).padStart(2, '0')
  return `${over ? '+' : ''}${Math.floor(seconds / 60)}:${rest}`
}
