import { useRoute } from 'vue-router'
import { Uuid } from '#contract/interview/identity.ts'
import { readInterview, type HostAccess, type RoomAccess } from '../api/interviews.ts'
import { carryKey, keepInterview, keptInterviews, keyFromAddress } from '../kept.ts'
import type { InterviewView } from '#contract/interview/interview.ts'

/** The interview that the address names, with the key of the link or the one that this browser keeps; null without either. */
export function useHostAccess(): HostAccess | null {
  const interview = Uuid.safeParse(useRoute().params.interview).data
  if (interview === undefined) return null
  const key = keyFromAddress(keptInterviews().find(({ id }) => id === interview)?.key)
  if (key === null) return null
  carryKey('interviews', key)
  return { interview, key }
}

/** The same with the room that the address names. A key that came with a link is kept, so that the page opens after a reload too. */
export function useRoomAccess(): RoomAccess | null {
  const access = useHostAccess()
  const room = Uuid.safeParse(useRoute().params.room).data
  if (access === null || room === undefined) return null
  if (!keptInterviews().some(({ key }) => key === access.key)) {
    // One that opens nothing isn't kept; the page says so by itself.
    readInterview(access).then(
      (view) => keepAccess(access, view),
      () => undefined,
    )
  }
  return { ...access, room }
}

/** Keeps the key of an interview that opened with it. */
export function keepAccess({ interview, key }: HostAccess, view: InterviewView): void {
  const { createdAt, keptUntil } = view
  keepInterview({ id: interview, key, title: view.plan.title, name: view.you.name, createdAt, keptUntil })
}
