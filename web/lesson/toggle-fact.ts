import { foldsAround } from '../ui/reveal.ts'

/**
 * Opens the fold that a link such as `#fact-engine-is-lazy` names, and the folds around it. One that can be seen open is closed.
 * @returns whether there is such a fold
 */
export function toggleFact(hash: string): boolean {
  const fold = document.getElementById(hash.slice(1))
  if (!(fold instanceof HTMLDetailsElement)) return false
  const folds = [fold, ...foldsAround(fold)]
  if (folds.every(({ open }) => open)) {
    fold.open = false
    return true
  }
  for (const each of folds) each.open = true
  fold.querySelector('summary')?.focus({ preventScroll: true })
  fold.scrollIntoView({ block: 'nearest' })
  return true
}
