import { onMounted } from 'vue'
import type { StudyQuestion } from '#contract/page.ts'
import { fetchStudyQuestions } from '../api/pages.ts'
import { loadOnce } from './load-once.ts'

const { value: questions, state, load } = loadOnce<readonly StudyQuestion[]>(fetchStudyQuestions, [])

/** Every question with what one checks an answer by; loaded when the page is mounted. */
export function useQuestions() {
  onMounted(load)
  return { questions, state, load }
}
