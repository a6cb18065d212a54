import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import type { Timeline } from './session.ts'

export const SPEEDS = [1, 2, 4, 8, 16] as const

/** Plays a timeline: its position, play and pause, at any speed. */
export function usePlayer(timeline: () => Timeline) {
  /** Milliseconds since the beginning of the replay. */
  const place = ref(0)
  const playing = ref(false)
  const speed = shallowRef<number>(4)
  const time = computed(() => timeline().timeAt(place.value))
  let frame = 0
  let lastFrameMs = 0

  function tick(now: number): void {
    place.value = Math.min(timeline().length, place.value + (now - lastFrameMs) * speed.value)
    lastFrameMs = now
    if (place.value >= timeline().length) return pause()
    frame = requestAnimationFrame(tick)
  }

  function play(): void {
    if (playing.value) return
    if (place.value >= timeline().length) place.value = 0
    playing.value = true
    lastFrameMs = performance.now()
    frame = requestAnimationFrame(tick)
  }

  function pause(): void {
    playing.value = false
    cancelAnimationFrame(frame)
  }

  function seek(to: number): void {
    place.value = Math.min(timeline().length, Math.max(0, to))
  }

  onScopeDispose(() => cancelAnimationFrame(frame))
  return { place, playing, speed, time, play, pause, seek }
}
