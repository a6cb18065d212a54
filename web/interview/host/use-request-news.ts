import { onScopeDispose, watch } from 'vue'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import { heldWords } from '../question/task-words.ts'
import type { Announce } from '../news/use-announcer.ts'
import type { HostRoom } from './use-host-room.ts'

/** Requests within this time are announced together: a candidate who tries things out sends several a second. */
const COLLECT_MS = 4_000

/** Announces the candidate's new requests, a few seconds of them in one sentence, with what the last one came to in a task. */
export function useRequestNews(
  { requests, judged }: Pick<HostRoom, 'requests' | 'judged'>,
  announce: Announce,
): void {
  const known = new Set<string>()
  let opened = false
  let fresh: RecordedRequest[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(requests, (now) => {
    const unknown = now.filter(({ id }) => !known.has(id))
    for (const { id } of unknown) known.add(id)
    if (opened) fresh.push(...unknown)
    opened = true
    if (fresh.length > 0) timer ??= setTimeout(flush, COLLECT_MS)
  })
  onScopeDispose(() => clearTimeout(timer))

  function flush(): void {
    const last = fresh.at(-1)
    if (last === undefined) return
    const judgement = judged.value.find(({ request }) => request === last.id)?.judgement
    const held = judgement === undefined ? '' : `, ${heldWords(judgement)}`
    const summary = `${last.method} ${last.path}, ${last.status}${held}.`
    announce(
      fresh.length === 1
        ? `New request: ${summary}`
        : `${fresh.length} new requests, the last one ${summary}`,
    )
    fresh = []
    timer = undefined
  }
}
