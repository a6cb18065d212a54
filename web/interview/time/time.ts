import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { remainingAt, type Clock } from '#contract/interview/clock.ts'

/** The server's time, estimated from its latest message. Clocks of different machines can be minutes apart. */
export class ServerTime {
  #aheadMs = 0

  /** @param nowMs the server's time in a message just received, in milliseconds since 1970 */
  set(nowMs: number): void {
    this.#aheadMs = nowMs - Date.now()
  }

  /** Milliseconds since 1970, by the server's clock. */
  now(): number {
    return Date.now() + this.#aheadMs
  }
}

/** Milliseconds left on a clock, kept up to date while it runs; below zero in overtime, null without a clock. */
export function useRemaining(clock: () => Clock | null, time: ServerTime): Readonly<Ref<number | null>> {
  const remaining = shallowRef<number | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function tick(): void {
    clearTimeout(timer)
    const current = clock()
    remaining.value = current === null ? null : remainingAt(current, time.now())
    if (current === null || current.since === null || remaining.value === null) return
    // Exactly when the second on the screen changes.
    const untilNextSecondMs = ((remaining.value % 1000) + 1000) % 1000
    timer = setTimeout(tick, untilNextSecondMs + 5)
  }

  watch(clock, tick, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return remaining
}

/**
 * How dates are written for a browser's language: in English, as the rest of the page is, on a clock of 12 or 24 hours as that language has it.
 * @param language a BCP 47 tag; without one, that of the browser
 */
export function dateStyle(language?: string): {
  locale: string
  hourCycle: Intl.LocaleHourCycleKey | undefined
} {
  const { locale, hourCycle } = new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions()
  return { locale: /^en\b/.test(locale) ? locale : 'en-GB', hourCycle }
}

const { locale, hourCycle } = dateStyle()
const TIME = { hour: 'numeric', minute: '2-digit', hourCycle } as const

/** A time of day, `7:14 PM`, or `19:14` where clocks have 24 hours. */
export function timeOfDay(time: number): string {
  return new Date(time).toLocaleTimeString(locale, TIME)
}

/** A day with its time, `26 Nov, 7:14 PM`. */
export function dayAndTime(time: number): string {
  return new Date(time).toLocaleString(locale, { day: 'numeric', month: 'short', ...TIME })
}

/** A day, `24 February 2027`. */
export function dayOf(time: number): string {
  return new Date(time).toLocaleDateString(locale, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** How long something took, roughly: `12 s`, `4 min`, `1 h 5 min`. */
export function lengthOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
}
