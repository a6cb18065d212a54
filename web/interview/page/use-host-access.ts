import { useRoute } from 'vue-router'
import { Uuid } from '#contract/interview/identity.ts'
import { readInterview, type HostAccess, type RoomAccess } from '../api/interviews.ts'
import { carryKey, keepInterview, savedInterviews, keyFromAddress } from '../saved.ts'
import type { InterviewView } from '#contract/interview/interview.ts'

/** The interview in the address, with the key from the link or from this browser; null without a key. */
export function useHostAccess(): HostAccess | null {
  const interview = Uuid.safeParse(useRoute().params.interview).data
  if (interview === undefined) return null
  const key = keyFromAddress(savedInterviews().find(({ id }) => id === interview)?.key)
  if (key === null) return null
  carryKey('interviews', key)
  return { interview, key }
}

/** The same for a room. A key from a link is kept, so that the page still opens after a reload. */
export function useRoomAccess(): RoomAccess | null {
  const access = useHostAccess()
  const room = Uuid.safeParse(useRoute().params.room).data
  if (access === null || room === undefined) return null
  if (!savedInterviews().some(({ key }) => key === access.key)) {
    // A key that opens nothing isn't kept; the page reports it when it loads.
    readInterview(access).then(
      (view) => keepAccess(access, view),
      () => undefined,
    )
  }
  return { ...access, room }
}

/** Keeps the key of an interview that it has opened. */
export function keepAccess({ interview, key }: HostAccess, view: InterviewView): void {
  const { createdAt, keptUntil } = view
  keepInterview({ id: interview, key, title: view.plan.title, name: view.you.name, createdAt, keptUntil })
}
