import { computed, reactive } from 'vue'
import type { Step } from '../../../contract/lesson.ts'
import { copyDraft, draftOf, emptyDraft, sameDraft, type Draft } from './draft.ts'

/**
 * The draft of the chosen step. Each step keeps what was edited in it while the page is open.
 * @param slug of the lesson, '' outside of lessons
 * @param start what to begin with where there is no step
 */
export function useDrafts(slug: () => string, step: () => Step | null, start: () => Draft | null) {
  const drafts = reactive<Record<string, Draft>>({})
  const key = computed(() => `${slug()}/${step()?.id ?? ''}`)

  const original = computed<Draft>(() => {
    const chosen = step()
    return chosen ? draftOf(chosen) : (start() ?? emptyDraft())
  })
  const draft = computed<Draft>({
    get: () => drafts[key.value] ?? original.value,
    set: (edited) => {
      drafts[key.value] = edited
    },
  })
  const edited = computed(() => !sameDraft(draft.value, original.value))

  function restore(): void {
    delete drafts[key.value]
  }

  /** Puts a draft into another step of the same lesson. */
  function put(stepId: string, edited: Draft): void {
    drafts[`${slug()}/${stepId}`] = copyDraft(edited)
  }

  /** What is to be sent for a step: its draft as edited, else as written. */
  function of(step: Step): Draft {
    return drafts[`${slug()}/${step.id}`] ?? draftOf(step)
  }

  return { draft, edited, restore, put, of }
}
