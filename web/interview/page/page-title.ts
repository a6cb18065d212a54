import { watchEffect } from 'vue'

/** What a tab is called. @param name of the page */
export function pageTitle(name: string): string {
  return `${name} · Viva`
}

/** Names the tab, and the file when the page is printed to one, after what the page shows. @param name null until that has loaded */
export function usePageTitle(name: () => string | null): void {
  watchEffect(() => {
    const loaded = name()
    if (loaded !== null) document.title = pageTitle(loaded)
  })
}
