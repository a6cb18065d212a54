import { computed } from 'vue'
import { usePlaygroundStore } from '../run/playground-store.ts'
import { copyDraft, sameDraft, type Draft } from './draft.ts'

/** Names the request of a step, of an operation, or one's own: each keeps its own draft and its own answers. */
export const ownKey = 'own'
export const stepKey = (slug: string, stepId: string): string => `${slug}/${stepId}`
export const operationKey = (id: string): string => `operation ${id}`

/**
 * The draft under a key, as edited or else as it was written. Edits are kept until the tab is closed or they are taken back.
 * @param written the draft to begin with
 */
export function useDrafts(key: () => string, written: () => Draft) {
  const { drafts } = usePlaygroundStore()
  const draft = computed<Draft>(() => drafts[key()] ?? written())
  const edited = computed(() => !sameDraft(draft.value, written()))

  function restore(): void {
    delete drafts[key()]
  }

  /** Keeps a draft under a key, which need not be the present one. */
  function put(at: string, changed: Draft): void {
    drafts[at] = copyDraft(changed)
  }

  /** The draft that was edited under a key, if there is one. */
  function at(key: string): Draft | undefined {
    return drafts[key]
  }

  return { draft, edited, restore, put, at }
}
