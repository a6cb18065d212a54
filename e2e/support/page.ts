import { expect, type Page, type Response } from '@playwright/test'

/** Opens a page and waits until it is hydrated: anything typed before that would be lost. */
export async function open(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(path)
  await page.waitForFunction(() => '__vue_app__' in (document.getElementById('app') ?? {}))
  return response
}

/** The text on the clipboard, as soon as it matches. The page needs permission to read it. */
export async function copied(page: Page, pattern: RegExp): Promise<string> {
  let text = ''
  const read = async (): Promise<string> => (text = await page.evaluate(() => navigator.clipboard.readText()))
  await expect.poll(read).toMatch(pattern)
  return text
}
