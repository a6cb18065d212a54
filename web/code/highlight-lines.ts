/**
 * Highlights the lines of a region in code that the build rendered.
 * @param block contains the code of `region`, which is the highlighted region or contains it
 * @returns whether there are such lines
 */
export function highlightLines(block: Element, region: string, lit: string | null): boolean {
  const lines = [...block.querySelectorAll<HTMLElement>('.line')]
  for (const line of lines) {
    const within = line.dataset.within?.split(' ') ?? []
    line.classList.toggle('is-lit', lit !== null && (lit === region || within.includes(lit)))
  }
  return lines.some((line) => line.classList.contains('is-lit'))
}
