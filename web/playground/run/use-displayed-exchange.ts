import { computed, shallowRef, watch } from 'vue'
import { usePlaygroundStore } from './playground-store.ts'
import type { Exchange } from './exchange.ts'

/**
 * The exchange whose response is displayed: the one that was opened, else the newest one sent from the current draft.
 * @param key of the current draft
 */
export function useDisplayedExchange(key: () => string) {
  const playground = usePlaygroundStore()
  const opened = shallowRef<Exchange | null>(null)
  const latest = computed(() => playground.history.find((exchange) => exchange.from === key()) ?? null)
  const displayed = computed(() => opened.value ?? latest.value)

  watch(key, (current) => {
    if (opened.value?.from !== current) opened.value = null
  })

  return { displayed, opened }
}
