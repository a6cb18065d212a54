import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { remainingAt, type Clock } from '#contract/interview/clock.ts'

/** The server's time, reckoned from what it last said. Machines' clocks differ by minutes. */
export class ServerTime {
  #ahead = 0

  /** @param now the server's time as it just came, in milliseconds since 1970 */
  heard(now: number): void {
    this.#ahead = now - Date.now()
  }

  now(): number {
    return Date.now() + this.#ahead
  }
}

/** Milliseconds that a clock has left, kept up to date while it runs; below zero in overtime, null without a clock. */
export function useRemaining(clock: () => Clock | null, time: ServerTime): Readonly<Ref<number | null>> {
  const remaining = shallowRef<number | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  function tick(): void {
    clearTimeout(timer)
    const current = clock()
    remaining.value = current === null ? null : remainingAt(current, time.now())
    if (current === null || current.since === null || remaining.value === null) return
    // On the very change of the second that is shown.
    const rest = ((remaining.value % 1000) + 1000) % 1000
    timer = setTimeout(tick, rest + 5)
  }

  watch(clock, tick, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return remaining
}

/** A time of day, `10:04`. */
export function timeOfDay(time: number): string {
  return new Date(time).toLocaleTimeString([], { hour: 'numeric', minute: '2-digit' })
}

/** A day with its time, `26 Nov, 10:04`. */
export function dayAndTime(time: number): string {
  return new Date(time).toLocaleString([], {
    ...{ day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  })
}

/** A day, `24 February 2027`. */
export function dayOf(time: number): string {
  return new Date(time).toLocaleDateString([], { day: 'numeric', month: 'long', year: 'numeric' })
}
