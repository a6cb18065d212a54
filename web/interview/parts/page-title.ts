import { watchEffect } from 'vue'

/** Names the tab, and the file when the page is printed to one, after what the page shows. @param title null until that has loaded */
export function usePageTitle(title: () => string | null): void {
  watchEffect(() => {
    const name = title()
    if (name !== null) document.title = `${name} · Viva`
  })
}
