import { computed, nextTick, ref, watch } from 'vue'
import type { HostQuestion, HostView } from '#contract/interview/host-view.ts'
import type { HostRoom } from './use-host-room.ts'

/** How long single keys rest after another interviewer has moved on, and after one's own announced question has come. */
const REST_MS = 2_000
const OWN_REST_MS = 1_000

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
  const closed = computed(() => whyClosed(view.value, progress.value))

  let restUntil = 0
  let shown = ''
  watch(chosen, (key) => (shown = key), { immediate: true, flush: 'post' })
  // When the interview moves on, an interviewer moves with it, but never while they write: the field they are in would vanish.
  watch(
    () => view.value?.present,
    (present, before) => {
      if (!present || isWriting()) {
        if (present) picked.value = shown
        return
      }
      if (before !== undefined && present !== shown) restUntil = performance.now() + restAfter(before)
      picked.value = present
    },
  )

  /** A key that was meant for the question before must not act on the one that has just taken its place. @param before the question before */
  function restAfter(before: string | null): number {
    const leads = view.value?.leader === view.value?.you.id
    if (!leads) return REST_MS
    return before === null ? 0 : OWN_REST_MS
  }

  function keysRest(): boolean {
    return performance.now() < restUntil
  }

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

  /** Looks at the question that is being asked. */
  async function goThere(): Promise<void> {
    const present = view.value?.present ?? null
    if (present === null) return
    picked.value = present
    await nextTick()
    document.querySelector<HTMLElement>('main .asked h2')?.focus()
  }

  /** Looks at a neighbour of the question. */
  function step(by: -1 | 1): void {
    const all = plan.value?.questions ?? []
    const neighbour = all[all.findIndex(({ key }) => key === chosen.value) + by]
    if (neighbour !== undefined) picked.value = neighbour.key
  }

  return {
    ...{ chosen, question, progress, next, closed, elsewhere },
    ...{ choose, goThere, step, keysRest },
  }
}

/** Why a question can't be scored now, or null. */
export function whyClosed(view: HostView | null, progress: HostQuestion | null): string | null {
  if (view?.card.handedIn) return 'You have submitted your scorecard.'
  return !progress?.askedAt ? 'You can score this question once it has been asked.' : null
}

/** Whether someone is in a field in which they write. */
function isWriting(): boolean {
  return document.activeElement?.matches('textarea, input:not([type="checkbox"], [type="radio"])') ?? false
}

export type ChosenQuestion = ReturnType<typeof useChosenQuestion>
