import { Entry as LookupEntry } from '../interview/lookups.ts'
import { InterviewEvent } from '../interview/rules/interview/interview-events.ts'
import { isKnownRoomEvent } from '../interview/stored-room-event.ts'
import type { NumberedEvent } from '../storage/event-log.ts'
import { Entry as CopyEntry } from '../study/copy-state.ts'

const kinds: [prefix: string, isKnown: (stored: unknown) => boolean][] = [
  ['interview-', (stored) => InterviewEvent.safeParse(stored).success],
  ['room-', isKnownRoomEvent],
  ['study-', (stored) => CopyEntry.safeParse(stored).success],
  ['code-', (stored) => LookupEntry.safeParse(stored).success],
  ['box-', (stored) => LookupEntry.safeParse(stored).success],
]

/** Whether this version can read an event of this stream; it can't when a newer one wrote it. */
export function isKnownEvent(stream: string, { data }: NumberedEvent): boolean {
  const [, isKnown] = kinds.find(([prefix]) => stream.startsWith(prefix)) ?? []
  return data === null || isKnown === undefined || isKnown(data)
}
