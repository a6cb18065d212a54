import { computed, ref, shallowRef, toRaw } from 'vue'
import type { PlanItem } from '#contract/interview/plan.ts'
import type { OwnFields, OwnItem } from './own-fields.ts'
import type { useDraft } from './use-draft.ts'

/** The own question that is being written or edited. What was typed stays when its dialog is closed without saving. */
export function useOwnQuestion({ draft, put }: ReturnType<typeof useDraft>) {
  /** Its place in the set; that after the last one for a new question, and null when none is open. */
  const editing = ref<number | null>(null)
  /** What was typed and not saved. `item` is the question that it changes, null for a new one. */
  const unsaved = shallowRef<{ item: OwnItem | null; fields: OwnFields } | null>(null)
  const item = computed(() => ownAt(editing.value))
  const typed = computed(() => (unsaved.value?.item === item.value ? unsaved.value.fields : null))

  function ownAt(index: number | null): OwnItem | null {
    const found = index === null ? undefined : draft.questions[index]
    return found?.from === 'own' ? toRaw(found) : null
  }

  function save(changed: PlanItem): void {
    if (editing.value === null) return
    if (typed.value !== null) unsaved.value = null
    put(editing.value, changed)
    editing.value = null
  }

  function close(fields: OwnFields | null): void {
    if (editing.value === null) return
    if (fields !== null) unsaved.value = { item: item.value, fields }
    else if (typed.value !== null) unsaved.value = null
    editing.value = null
  }

  /** Opens the dialog with what was typed. A question that was removed meanwhile is added again. */
  function resume(): void {
    if (unsaved.value === null) return
    const index = draft.questions.findIndex((one) => toRaw(one) === unsaved.value?.item)
    if (index < 0) unsaved.value = { ...unsaved.value, item: null }
    editing.value = index < 0 ? draft.questions.length : index
  }

  function discard(): void {
    unsaved.value = null
  }

  return { editing, unsaved, item, typed, save, close, resume, discard }
}
