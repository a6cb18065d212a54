import { computed, shallowRef, watch } from 'vue'
import type { Step } from '../../../contract/lesson.ts'
import { usePlaygroundStore } from '../../stores/playground.ts'
import type { Exchange } from './exchange.ts'

/**
 * The exchange whose answer is shown: one opened on purpose, else the newest of the chosen step.
 * @param slug of the lesson, '' outside of lessons
 * @param start changes when a request outside of lessons is begun anew
 */
export function useShown(slug: () => string, step: () => Step | null, start: () => unknown) {
  const playground = usePlaygroundStore()
  const opened = shallowRef<Exchange | null>(null)
  const newestBefore = shallowRef(0)

  const latest = computed(() => {
    const id = step()?.id
    if (id === undefined) {
      return playground.history.find((one) => one.step === null && one.id > newestBefore.value) ?? null
    }
    return playground.history.find((one) => one.step?.slug === slug() && one.step.id === id) ?? null
  })
  const shown = computed(() => opened.value ?? latest.value)

  watch(step, (chosen) => {
    if (opened.value?.step?.id !== chosen?.id) opened.value = null
  })
  watch(start, () => {
    opened.value = null
    newestBefore.value = playground.history[0]?.id ?? 0
  })

  return { shown, opened }
}
