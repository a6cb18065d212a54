import { computed, ref, watch } from 'vue'
import type { HostRoom } from './use-host-room.ts'

/** The question that the interviewer looks at: the present one, until they choose another. */
export function useChosenQuestion({ view, plan }: Pick<HostRoom, 'view' | 'plan'>) {
  const picked = ref<string | null>(null)
  const chosen = computed(() => picked.value ?? view.value?.present ?? plan.value?.questions[0]?.key ?? '')
  const question = computed(() => plan.value?.questions.find(({ key }) => key === chosen.value) ?? null)
  const progress = computed(() => view.value?.questions.find(({ key }) => key === chosen.value) ?? null)
  /** Key of the next question to ask: the first one not asked yet, preferably after the present one. */
  const next = computed(() => {
    const all = view.value?.questions ?? []
    const from = all.findIndex(({ key }) => key === view.value?.present) + 1
    const isWaiting = ({ state }: { state: string }): boolean => state === 'waiting'
    return (all.slice(from).find(isWaiting) ?? all.find(isWaiting))?.key ?? null
  })
  /** Why the question can't be scored now, or null. */
  const closed = computed(() => {
    if (view.value?.card.handedIn) return 'You have submitted your scorecard.'
    return !progress.value?.askedAt ? 'You can score this question once it has been asked.' : null
  })

  let shown = ''
  watch(chosen, (key) => (shown = key), { immediate: true, flush: 'post' })
  // When the interview moves on, an interviewer moves with it, but never while they write: the field they are in would vanish.
  watch(
    () => view.value?.present,
    (present) => {
      if (present) picked.value = isWriting() ? shown : present
    },
  )

  function choose(key: string): void {
    picked.value = key
  }

  /** The question that is being asked while the interviewer looks at another one; null if they look at it. */
  const elsewhere = computed(() => {
    const all = plan.value?.questions ?? []
    const index = all.findIndex(({ key }) => key === view.value?.present)
    const present = all[index]
    return present === undefined || present.key === chosen.value ? null : { number: index + 1, ...present }
  })

  return { chosen, question, progress, next, closed, elsewhere, choose }
}

/** Whether someone is in a field in which they write. */
function isWriting(): boolean {
  return document.activeElement?.matches('textarea, input:not([type="checkbox"], [type="radio"])') ?? false
}

export type ChosenQuestion = ReturnType<typeof useChosenQuestion>
