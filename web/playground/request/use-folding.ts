import { computed, nextTick, shallowRef, watch, type Ref } from 'vue'

/**
 * In a lesson, a request that was sent folds to one line, so that its response has the room. It stays open for a person who is
 * editing it.
 * @param folds whether requests fold here
 * @param wasSent whether there is a response to the request
 * @param parts `bench` is the element that holds request and response, `key` identifies the request
 */
export function useFolding(
  folds: () => boolean,
  wasSent: () => boolean,
  {
    bench,
    key,
    busy,
  }: {
    bench: Readonly<Ref<HTMLElement | null>>
    key: Readonly<Ref<string>>
    busy: Readonly<Ref<boolean>>
  },
) {
  const unfolded = shallowRef(false)
  const folded = computed(() => folds() && !unfolded.value && (busy.value || wasSent()))

  watch(key, () => (unfolded.value = isEdited()))
  // At once: what moves then moves with the click.
  watch(busy, (started) => started && fold(), { flush: 'sync' })

  /** Whether something has the focus that folding would take away. */
  function isEdited(): boolean {
    const field = document.activeElement
    return Boolean(field?.closest('.request') && !field.matches('[type="submit"], .folded'))
  }

  function fold(): void {
    unfolded.value = isEdited()
    void nextTick(() => bench.value?.querySelector('.outcome')?.scrollIntoView({ block: 'nearest' }))
  }

  async function unfold(): Promise<void> {
    unfolded.value = true
    await nextTick()
    bench.value?.querySelector<HTMLElement>('.path')?.focus()
  }

  return { folded, unfold }
}
