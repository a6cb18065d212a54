import { computed, shallowRef, watch, type Ref } from 'vue'
import type { QuoteSource, QuoteTarget } from '#contract/interview/evidence.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import type { Question } from '#contract/interview/plan.ts'
import { newId } from '../../browser/random.ts'
import type { Announce } from '../news/use-announcer.ts'
import type { HostRoom } from '../host/use-host-room.ts'

interface EvidenceOptions {
  room: Pick<HostRoom, 'order' | 'view'>
  /** The question that the interviewer looks at. */
  question: Readonly<Ref<Question | null>>
  /** Why it can't be scored now, or null. */
  closed: Readonly<Ref<string | null>>
  announce: Announce
}

/** How long a tap takes to become a click, at most. */
const HOLD_MS = 1_000

/**
 * Words of the answer, or a request, that the interviewer has chosen as evidence. The next key point or red flag that they press gets them.
 */
export function useEvidence({ room, question, closed, announce }: EvidenceOptions) {
  const chosen = shallowRef<QuoteSource | null>(null)
  const isTooLong = computed(
    () => chosen.value?.kind === 'answer' && chosen.value.words.length > LIMITS.quoteCharacters,
  )

  /** Until when a lost selection changes nothing, by the page's clock in milliseconds. */
  let heldUntil = 0
  let origin: HTMLElement | null = null

  // Each room has a plan of its own, so this is also another candidate’s answer to the same question.
  watch(question, drop)

  /** @param from what has the focus again when the list of key points is gone */
  function choose(source: QuoteSource, from: HTMLElement): void {
    // What is bound would be ticked, and in a question that isn't assessed nothing is.
    const isAssessed = !room.view.value?.card.notAssessed.includes(question.value?.key ?? '')
    if (closed.value !== null || !isAssessed) return
    chosen.value = source
    origin = from
  }

  /** To be called when the pointer goes down where it binds: browsers then take the selection away, some before and some after the click. */
  function hold(event: Event): void {
    if (chosen.value === null) return
    heldUntil = performance.now() + HOLD_MS
    if (event.type === 'mousedown') event.preventDefault()
  }

  /** The words are no longer selected. */
  function unselected(): void {
    if (chosen.value?.kind === 'answer' && performance.now() > heldUntil) drop()
  }

  function drop(): void {
    chosen.value = null
  }

  /** Binds what is chosen. @returns whether anything was */
  function bind(target: QuoteTarget): boolean {
    const [asked, source] = [question.value, chosen.value]
    const texts = target.kind === 'key-point' ? asked?.keyPoints : asked?.redFlags
    if (asked === null || source === null || isTooLong.value || texts?.[target.index] === undefined)
      return false
    room.order({ type: 'quote', quote: newId(), question: asked.key, target, source })
    announce(
      `Used as evidence for ${target.kind === 'key-point' ? 'key point' : 'red flag'} ${target.index + 1}.`,
    )
    // Otherwise the next key press would bind the same words again.
    if (source.kind === 'answer') getSelection()?.removeAllRanges()
    drop()
    return true
  }

  /** Puts the focus back where the evidence was chosen. */
  function goBack(): void {
    origin?.focus({ preventScroll: true })
  }

  function remove(quote: string): void {
    room.order({ type: 'unquote', quote })
  }

  return { chosen, isTooLong, choose, hold, unselected, drop, goBack, bind, remove }
}

export type Evidence = ReturnType<typeof useEvidence>
