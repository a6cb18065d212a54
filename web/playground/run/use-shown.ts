import { computed, shallowRef, watch } from 'vue'
import { usePlaygroundStore } from './playground-store.ts'
import type { Exchange } from './exchange.ts'

/**
 * The exchange whose answer is shown: one opened on purpose, else the newest that was sent from the present draft.
 * @param key of the present draft
 */
export function useShown(key: () => string) {
  const playground = usePlaygroundStore()
  const opened = shallowRef<Exchange | null>(null)
  const latest = computed(() => playground.history.find((one) => one.from === key()) ?? null)
  const shown = computed(() => opened.value ?? latest.value)

  watch(key, (now) => {
    if (opened.value?.from !== now) opened.value = null
  })

  return { shown, opened }
}
