import { onMounted } from 'vue'
import type { PracticeSet } from '#contract/practice.ts'
import { fetchPractice } from '../api/pages.ts'
import { loadOnce } from './load-once.ts'

const { value: sets, state, load } = loadOnce<readonly PracticeSet[]>(fetchPractice, [])

/** What the lessons give to practise with; loaded when the page is mounted. A deck may have none. */
export function usePractice() {
  onMounted(load)
  return { sets, state, load }
}
