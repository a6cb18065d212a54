/** How long a tick takes from its claim to the sentence, and how long the sentence is highlighted then. */
const FLIGHT_MS = 420
const GLOW_MS = 1100

/**
 * Shows which sentence a claim has just proved: a tick flies from the claim to the sentence's number, and the sentence lights up.
 * What is out of sight stays as it is, and nothing moves for readers who prefer that.
 */
export async function tieClaim(claim: string, text: HTMLElement, panel: HTMLElement): Promise<void> {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const own = `[data-claims~="${CSS.escape(claim)}"]`
  const refs = [...text.querySelectorAll<HTMLElement>(`.claim-ref${own}`)].filter(isInView)
  if (refs.length === 0) return
  const from = panel.querySelector(`[data-claim="${CSS.escape(claim)}"]`)
  if (from && isInView(from)) await Promise.all(refs.map((ref) => fly(from, ref)))
  for (const sentence of text.querySelectorAll(`.claim${own}`))
    sentence.animate(
      { backgroundColor: ['var(--color-ok-wash)', 'transparent'] },
      { duration: GLOW_MS, easing: 'ease-in' },
    )
  for (const ref of refs) ref.animate({ scale: [1.35, 1] }, { duration: 200, easing: 'ease-out' })
}

async function fly(from: Element, to: Element): Promise<void> {
  const tick = document.createElement('span')
  tick.className = 'claim-tick'
  tick.ariaHidden = 'true'
  tick.textContent = '✓'
  document.body.append(tick)
  const [start, end] = [from.getBoundingClientRect(), to.getBoundingClientRect()]
  const there = `translate(${end.right - 18}px, ${end.top - 3}px)`
  const flight = tick.animate(
    { transform: [`translate(${start.left + 6}px, ${start.top + 2}px)`, there], opacity: [0.2, 1] },
    { duration: FLIGHT_MS, easing: 'cubic-bezier(0.3, 0, 0.2, 1)' },
  )
  await flight.finished.catch(() => undefined)
  tick.remove()
}

/** Whether it can be seen: not scrolled away, and not covered. */
function isInView(element: Element): boolean {
  const { top, bottom, left, right } = element.getBoundingClientRect()
  if (bottom < 0 || top > innerHeight) return false
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  return seen !== null && (element.contains(seen) || seen.contains(element))
}
