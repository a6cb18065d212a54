import { nextTick, watch, type Ref } from 'vue'
import { useAnnouncer } from '../news/use-announcer.ts'
import { useArrivals } from '../news/use-arrivals.ts'
import { useLinkNews } from '../news/use-link-news.ts'
import { useTimeNews } from '../news/use-time-news.ts'
import { newsIn } from './candidate-news.ts'
import type { CandidateRoom } from './use-candidate-room.ts'
import { useSavingNews } from './use-saving-news.ts'

/**
 * What happens in a room without the candidate doing it: read out once, in one place, and followed by the focus where nothing else has
 * it. A caret is never taken: someone who was writing the answer continues in the new field, someone in the playground stays there.
 * @returns the latest news, for one live region that stays
 */
export function useRoomNews({ view, link, saving, time }: CandidateRoom): Readonly<Ref<string>> {
  const { message, announce } = useAnnouncer()

  watch(view, (now, before) => {
    if (now === null || before === null || before === undefined) return
    for (const sentence of newsIn(now, before)) announce(sentence)
    if (now.question?.key !== before.question?.key || now.phase !== before.phase) void follow()
  })
  useArrivals(() => view.value?.interviewers.map((one) => ({ id: one.name, ...one })) ?? null, announce)
  useTimeNews(() => view.value?.question ?? null, time, announce)
  useLinkNews(() => link.value, announce)
  useSavingNews(() => saving.value, announce)

  return message
}

/** Moves the focus to what is new, unless something that still exists has it. */
async function follow(): Promise<void> {
  const focused = document.activeElement
  const wrote = focused?.id === 'answer'
  const hasOther = focused !== null && focused !== document.body && !wrote
  await nextTick()
  const kept = hasOther && focused.isConnected && !focused.matches('h1')
  if (kept) return
  const heading = document.querySelector<HTMLElement>('main h1')
  const field = document.getElementById('answer')
  const target = wrote && field !== null ? field : heading
  target?.focus({ preventScroll: true })
  heading?.scrollIntoView({ block: 'center' })
}
