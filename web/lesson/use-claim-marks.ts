import { onMounted, watch, type Ref } from 'vue'

/**
 * Keeps the marked sentences of the prose up to date with the claims that were confirmed. The prose is HTML from the build, outside
 * of Vue's templates.
 * @param root holds the prose
 * @param held ids of the confirmed claims
 */
export function useClaimMarks(root: Readonly<Ref<HTMLElement | null>>, held: () => readonly string[]): void {
  function mark(): void {
    const seen = held()
    for (const element of root.value?.querySelectorAll<HTMLElement>('[data-claims]') ?? []) {
      const claims = element.dataset.claims?.split(' ') ?? []
      const all = claims.every((claim) => seen.includes(claim))
      element.classList.toggle('is-held', all)
      const name = element.getAttribute('aria-label')?.replace(/^(Proved by|Confirmed by) /, '')
      if (name !== undefined)
        element.setAttribute('aria-label', `${all ? 'Confirmed by' : 'Proved by'} ${name}`)
    }
  }
  onMounted(mark)
  watch(held, mark, { flush: 'post' })
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
  const claim = event.target.closest<HTMLElement>('.claim')?.dataset.claims?.split(' ')[0]
  const refs = [...root.querySelectorAll<HTMLElement>('.claim-ref')]
  const own = refs.find(({ dataset }) => claim && dataset.claims?.split(' ').includes(claim))
  return own ? Number(own.dataset.step) : null
}
