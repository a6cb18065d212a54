import { expect, type Locator, type Page, type Response } from '@playwright/test'

/** Waits until something holds in a page. By default Playwright looks at each frame, and a window in the background may draw none. */
export async function waitInPage(page: Page, holds: () => boolean): Promise<void> {
  await page.waitForFunction(holds, undefined, { polling: 50 })
}

/** Opens a page and waits until it takes keys. The text of a lesson may not be hydrated yet. */
export async function openBusy(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(path)
  await waitInPage(page, () => '__vue_app__' in (document.getElementById('app') ?? {}))
  return response
}

/** Opens a page and waits until all of it is hydrated: anything typed before that would be lost. */
export async function open(page: Page, path: string): Promise<Response | null> {
  const response = await openBusy(page, path)
  // A lesson's text is taken over later. Vue keeps the listeners of an element under a symbol.
  await waitInPage(page, () => {
    const tick = document.querySelector('.lesson .points input')
    return !tick || Object.getOwnPropertySymbols(tick).some(({ description }) => description === '_vei')
  })
  return response
}

/** For people who turned predictions off: a step's claims are there before it runs. To be called before a page is opened. */
export async function withoutPredictions(page: Page): Promise<void> {
  await page.addInitScript(() => {
    localStorage.setItem('viva:preferences', JSON.stringify({ predictions: false }))
  })
}

/** The text on the clipboard, as soon as it matches. The page needs permission to read it. */
export async function copied(page: Page, pattern: RegExp): Promise<string> {
  let text = ''
  const read = async (): Promise<string> => (text = await page.evaluate(() => navigator.clipboard.readText()))
  await expect.poll(read).toMatch(pattern)
  return text
}

/**
 * Clicks a button that comes and goes. One that is gone when the pointer arrives isn't clicked, and that is fine: an address that
 * follows by a moment may take it away.
 */
export async function clickIfShown(button: Locator): Promise<void> {
  await expect(async () => {
    if ((await button.count()) > 0) await button.click({ timeout: 5_000 })
  }).toPass()
}
