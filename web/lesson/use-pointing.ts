import { shallowRef } from 'vue'
import { providePointedClaims } from '../playground/steps/pointed-claims.ts'
import { claimsOf } from './use-claim-marks.ts'

/** What the pointer or the focus is on in the text: the claims of a sentence, and the number that is explained. */
export function usePointing() {
  const pointed = providePointedClaims()
  const explained = shallowRef<HTMLElement | null>(null)

  function point({ target }: Event): void {
    const marked = target instanceof Element ? target.closest<HTMLElement>('[data-claims]') : null
    const number = marked?.closest<HTMLElement>('.claim-ref')
    // A tap focuses the number, too; it opens the playground instead.
    explained.value = number?.matches(':hover, :focus-visible') ? number : null
    pointed.value = claimsOf(marked)
  }

  /** The card stays as long as the pointer is on it. What else is marked takes over by itself. */
  function leave({ relatedTarget }: MouseEvent): void {
    if (!(relatedTarget instanceof Element && relatedTarget.closest('#claim-card, [data-claims]'))) unpoint()
  }

  function unpoint(): void {
    explained.value = null
    pointed.value = []
  }

  return { pointed, explained, point, leave, unpoint }
}
