/**
 * Opens the fold that a link such as `#fact-engine-is-lazy` names, and whatever fold it is in; closes it when it was open.
 * @returns whether there is such a fold
 */
export function toggleFact(hash: string): boolean {
  const fold = document.getElementById(hash.slice(1))
  if (!(fold instanceof HTMLDetailsElement)) return false
  const opens = !fold.open
  fold.open = opens
  if (!opens) return true
  for (
    let outer = fold.parentElement?.closest('details');
    outer;
    outer = outer.parentElement?.closest('details')
  ) {
    outer.open = true
  }
  fold.querySelector('summary')?.focus({ preventScroll: true })
  fold.scrollIntoView({ block: 'nearest' })
  return true
}
