import { onMounted, onScopeDispose } from 'vue'

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
  const disposed = new AbortController()
  onMounted(() => {
    const { signal } = disposed
    addEventListener('beforeprint', before, { signal })
    addEventListener('afterprint', after, { signal })
  })
  onScopeDispose(() => disposed.abort())
}
