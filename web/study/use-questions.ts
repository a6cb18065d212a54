import { onMounted, shallowRef } from 'vue'
import type { StudyQuestion } from '#contract/page.ts'
import { fetchStudyQuestions } from '../api/pages.ts'

// Loaded once for all pages of practice.
const questions = shallowRef<readonly StudyQuestion[]>([])
const state = shallowRef<'loading' | 'ready' | 'failed'>('loading')

let loading: Promise<void> | null = null

function load(): Promise<void> {
  if (state.value === 'ready') return Promise.resolve()
  return (loading ??= fetchAll().finally(() => (loading = null)))
}

async function fetchAll(): Promise<void> {
  state.value = 'loading'
  try {
    questions.value = await fetchStudyQuestions()
    state.value = 'ready'
  } catch {
    state.value = 'failed'
  }
}

/** Every question with what one checks an answer by; loaded when the page is mounted. */
export function useQuestions() {
  onMounted(load)
  return { questions, state, load }
}
