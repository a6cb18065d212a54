/**
 * Shows what an address points to and moves the focus there: a folded answer, or a target such as a paragraph, in whatever fold it is.
 * @param hash such as `#term-gil`
 * @returns whether there is such an answer or target
 */
export function reveal(hash: string): boolean {
  const part = hash ? document.getElementById(hash.slice(1)) : null
  if (part?.classList.contains('link-target')) {
    for (const fold of foldsAround(part)) fold.open = true
    part.scrollIntoView()
    part.focus({ preventScroll: true })
    return true
  }
  if (!(part instanceof HTMLDetailsElement)) return false
  part.open = true
  focus(`#${part.id} > summary`)
  return true
}

/** Moves the focus to the first element that a selector fits, without scrolling. */
export function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
}

/** The folds that an element is in, innermost first. */
export function foldsAround(element: Element): HTMLDetailsElement[] {
  const outer = element.parentElement?.closest('details')
  return outer ? [outer, ...foldsAround(outer)] : []
}
