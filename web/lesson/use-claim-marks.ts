import { onMounted, watch, type Ref } from 'vue'

/**
 * Keeps the marked sentences of the prose up to date with the claims that were confirmed. The prose is HTML from the build, outside
 * of Vue's templates.
 * @param root holds the prose
 * @param held ids of the confirmed claims
 * @param pointed ids of the claims to highlight
 */
export function useClaimMarks(
  root: Readonly<Ref<HTMLElement | null>>,
  held: Readonly<Ref<readonly string[]>>,
  pointed: Readonly<Ref<readonly string[]>>,
): void {
  function mark(): void {
    for (const element of root.value?.querySelectorAll<HTMLElement>('[data-claims]') ?? []) {
      const claims = claimsOf(element)
      const all = claims.every((claim) => held.value.includes(claim))
      element.classList.toggle('is-held', all)
      element.classList.toggle(
        'is-pointed',
        claims.some((claim) => pointed.value.includes(claim)),
      )
      const name = element.getAttribute('aria-label')?.replace(/^(Proved by|Confirmed by) /, '')
      if (name !== undefined)
        element.setAttribute('aria-label', `${all ? 'Confirmed by' : 'Proved by'} ${name}`)
    }
  }
  onMounted(mark)
  watch([held, pointed], mark, { flush: 'post' })
}

/** Ids of the claims that a marked sentence or its number stands for. */
export function claimsOf(element: HTMLElement | null): string[] {
  return element?.dataset.claims?.split(' ') ?? []
}

/**
 * The step that a click on a marked sentence or its number selects; `null` for any other click, and when the reader was selecting
 * text or opens the link in a new tab or window.
 */
export function stepOfClick(event: MouseEvent, root: HTMLElement): number | null {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return null
  if (!(event.target instanceof Element) || getSelection()?.type === 'Range') return null
  const ref = event.target.closest<HTMLElement>('.claim-ref')
  if (ref) return Number(ref.dataset.step)
  if (event.target.closest('a')) return null
  const [claim] = claimsOf(event.target.closest('.claim'))
  const refs = [...root.querySelectorAll<HTMLElement>('.claim-ref')]
  const own = refs.find((other) => claim && claimsOf(other).includes(claim))
  return own ? Number(own.dataset.step) : null
}
