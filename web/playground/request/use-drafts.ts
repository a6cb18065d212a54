import { computed } from 'vue'
import { usePlaygroundStore } from '../run/playground-store.ts'
import { copyDraft, sameDraft, type RequestDraft } from './draft.ts'

/** Keys of the requests of a step, of an operation, and of a custom one: each has its own draft and its own responses. */
export const customKey = 'own'
export const stepKey = (slug: string, stepId: string): string => `${slug}/${stepId}`
export const operationKey = (id: string): string => `operation ${id}`

/**
 * The draft under a key, as edited or else the original. Edits are kept until the tab is closed or the draft is reset.
 * @param original the draft to start from
 */
export function useDrafts(key: () => string, original: () => RequestDraft) {
  const { drafts } = usePlaygroundStore()
  const draft = computed<RequestDraft>(() => drafts[key()] ?? original())
  const edited = computed(() => !sameDraft(draft.value, original()))

  function restore(): void {
    delete drafts[key()]
  }

  /** Keeps a draft under a key, which need not be the current one. */
  function setDraft(key: string, changed: RequestDraft): void {
    drafts[key] = copyDraft(changed)
  }

  return { draft, edited, restore, setDraft }
}
