/**
 * Shows what an address points to and moves the focus there: a folded answer, or a target such as a paragraph, in whatever fold it is.
 * @param hash such as `#term-gil`
 * @returns whether there is such an answer or target
 */
export function revealPart(hash: string): boolean {
  const part = document.getElementById(hash.slice(1))
  if (part?.classList.contains('link-target')) {
    for (const fold of foldsAround(part)) fold.open = true
    part.scrollIntoView()
    part.focus({ preventScroll: true })
    return true
  }
  if (!(part instanceof HTMLDetailsElement)) return false
  part.open = true
  part.querySelector('summary')?.focus({ preventScroll: true })
  return true
}

/** The folds that an element is in, innermost first. */
export function foldsAround(element: Element): HTMLDetailsElement[] {
  const outer = element.parentElement?.closest('details')
  return outer ? [outer, ...foldsAround(outer)] : []
}
