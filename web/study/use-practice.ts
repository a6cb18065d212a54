import { onMounted, shallowRef } from 'vue'
import type { PracticeSet } from '#contract/practice.ts'
import { fetchPractice } from '../api/pages.ts'

// Loaded once for all pages of practice.
const sets = shallowRef<readonly PracticeSet[]>([])
const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')

let loading: Promise<void> | null = null

function load(): Promise<void> {
  if (state.value === 'ready') return Promise.resolve()
  return (loading ??= fetchAll().finally(() => (loading = null)))
}

async function fetchAll(): Promise<void> {
  state.value = 'loading'
  try {
    sets.value = await fetchPractice()
    state.value = 'ready'
  } catch {
    state.value = 'failed'
  }
}

/** What the lessons give to practise with; loaded when the page is mounted. A deck may have none. */
export function usePractice() {
  onMounted(load)
  return { sets, state, load }
}
