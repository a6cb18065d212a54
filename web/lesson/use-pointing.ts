import { usePointedClaims } from '../playground/steps/pointed-claims.ts'
import { claimsOf } from './use-claim-marks.ts'

/**
 * Follows what the pointer or the focus is on in the text: the claims of a sentence, and its number.
 * @param explain called with the number to explain, or null
 */
export function usePointing(explain: (number: HTMLElement | null) => void) {
  const pointed = usePointedClaims()

  function point({ target }: Event): void {
    const marked = target instanceof Element ? target.closest<HTMLElement>('[data-claims]') : null
    const number = marked?.closest<HTMLElement>('.claim-ref')
    // A tap focuses the number, too; it opens the playground instead.
    explain(number?.matches(':hover, :focus-visible') ? number : null)
    pointed.value = claimsOf(marked)
  }

  /** The card stays as long as the pointer is on it. What else is marked takes over by itself. */
  function leave({ relatedTarget }: MouseEvent): void {
    if (!(relatedTarget instanceof Element && relatedTarget.closest('#claim-card, [data-claims]'))) unpoint()
  }

  function unpoint(): void {
    explain(null)
    pointed.value = []
  }

  return { pointed, point, leave, unpoint }
}
