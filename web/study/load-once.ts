import { shallowRef, type ShallowRef } from 'vue'

export interface LoadedOnce<Value> {
  value: Readonly<ShallowRef<Value>>
  state: Readonly<ShallowRef<'loading' | 'ready' | 'failed'>>
  /** Fetches it, unless it is there or on its way. Never rejects: `state` says how it went. */
  load: () => Promise<void>
}

/**
 * Something that all pages of practice share and that is fetched once; after a failure, `load` tries again.
 * @param initial its value until then
 */
export function loadOnce<Value>(fetchValue: () => Promise<Value>, initial: Value): LoadedOnce<Value> {
  const value = shallowRef(initial)
  const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')
  let loading: Promise<void> | null = null

  async function fetchNow(): Promise<void> {
    state.value = 'loading'
    try {
      value.value = await fetchValue()
      state.value = 'ready'
    } catch {
      state.value = 'failed'
    }
  }

  function load(): Promise<void> {
    if (state.value === 'ready') return Promise.resolve()
    return (loading ??= fetchNow().finally(() => (loading = null)))
  }

  return { value, state, load }
}
