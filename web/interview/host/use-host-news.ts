import { watch, type Ref } from 'vue'
import type { HostView } from '#contract/interview/host-view.ts'
import { useAnnouncer, type Announce } from '../news/use-announcer.ts'
import { useArrivals, type Person } from '../news/use-arrivals.ts'
import { useKeptFocus } from '../news/use-kept-focus.ts'
import { useLinkNews } from '../news/use-link-news.ts'
import { useTimeNews } from '../news/use-time-news.ts'
import { newsIn } from './host-news.ts'
import type { ChosenQuestion } from './use-chosen-question.ts'
import type { HostRoom } from './use-host-room.ts'
import { useRequestNews } from './use-request-news.ts'

/** Announces what happens in a room without this interviewer doing it, and keeps the focus from getting lost in it. @returns the latest news, and how to add some */
export function useHostNews(
  room: HostRoom,
  { chosen }: ChosenQuestion,
): { message: Readonly<Ref<string>>; announce: Announce } {
  const { view, plan, link, time } = room
  const { message, announce } = useAnnouncer()

  watch(view, (now, before) => {
    if (now === null || before === null || before === undefined || plan.value === null) return
    for (const sentence of newsIn(now, before, plan.value)) announce(sentence)
  })
  useArrivals(() => view.value && peopleIn(view.value), announce)
  useTimeNews(
    () => view.value?.questions.find(({ key }) => key === view.value?.present) ?? null,
    time,
    announce,
  )
  useRequestNews(room, announce)
  useLinkNews(() => link.value, announce)
  useKeptFocus([view, chosen], () => document.querySelector<HTMLElement>('main .asked h2'))
  return { message, announce }
}

function peopleIn({ candidate, others }: HostView): Person[] {
  return [...(candidate === null ? [] : [{ id: 'candidate', ...candidate }]), ...others]
}
