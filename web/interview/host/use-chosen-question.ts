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

  // When the interview moves on, an interviewer who looks at another question moves with it.
  watch(
    () => view.value?.present,
    (present) => {
      if (present) picked.value = present
    },
  )

  function choose(key: string): void {
    picked.value = key
  }

  return { chosen, question, progress, next, closed, choose }
}

export type ChosenQuestion = ReturnType<typeof useChosenQuestion>
