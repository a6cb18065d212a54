import { useEventListener } from '@vueuse/core'

/** Opens every folded answer before printing, because no one can on paper, and closes it afterwards. */
export function usePrint(): void {
  let opened: HTMLDetailsElement[] = []
  const before = (): void => {
    opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')]
    for (const details of opened) details.open = true
  }
  const after = (): void => {
    for (const details of opened) details.open = false
  }
  useEventListener('beforeprint', before)
  useEventListener('afterprint', after)
}
