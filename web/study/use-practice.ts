import { onMounted, shallowRef } from 'vue'
import type { PracticeSet } from '#contract/practice.ts'
import { fetchPractice } from '../api/pages.ts'

// Loaded once for all pages of practice.
const sets = shallowRef<readonly PracticeSet[]>([])
const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')

/** What the lessons give to practise with; loaded when the page is mounted. A deck may have none. */
export function usePractice() {
  async function load(): Promise<void> {
    if (state.value === 'ready') return
    state.value = 'loading'
    try {
      sets.value = await fetchPractice()
      state.value = 'ready'
    } catch {
      state.value = 'failed'
    }
  }

  onMounted(load)
  return { sets, state, load }
}
