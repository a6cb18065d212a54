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
