import type { Page } from '@playwright/test'

/** What a screen reader would announce: changes of live regions in order, and the focused element. */
export interface Announcements {
  /** What was announced since the last call. */
  take: () => Promise<string[]>
  /** Name or text of the focused element; `body` when the focus is lost. */
  focus: () => Promise<string>
}

/** Listens to the live regions of the pages that are opened from now on. */
export async function listen(page: Page): Promise<Announcements> {
  await page.addInitScript(() => {
    const log: string[] = []
    Object.assign(window, { announcements: log })
    const live = '[role="status"], [role="alert"], [aria-live="polite"], [aria-live="assertive"]'
    const said = new WeakMap<Element, string>()
    new MutationObserver((changes) => {
      const regions = new Set<Element>()
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement
        const region = element?.closest(live)
        if (region) regions.add(region)
      }
      for (const region of regions) {
        const text = (region.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
        if (text !== '' && text !== said.get(region)) log.push(text)
        said.set(region, text)
      }
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  return {
    take: () =>
      page.evaluate(() => (window as unknown as { announcements: string[] }).announcements.splice(0)),
    focus: () =>
      page.evaluate(() => {
        const focused = document.activeElement
        if (focused === null || focused === document.body) return 'body'
        return focused.getAttribute('aria-label') ?? focused.textContent?.replaceAll(/\s+/g, ' ').trim() ?? ''
      }),
  }
}
