/**
 * Opens every folded answer before printing, because no one can on paper, and closes it afterwards. Where the browser knows
 * `::details-content`, the stylesheet does the same.
 * @param until ends it
 */
export function openForPrint(until: AbortSignal): void {
  let opened: HTMLDetailsElement[] = []
  const before = (): void => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')]
    for (const details of opened) details.open = true
  }
  const after = (): void => {
    for (const details of opened) details.open = false
  }
  addEventListener('beforeprint', before, { signal: until })
  addEventListener('afterprint', after, { signal: until })
}
