import { expect, type Page } from '@playwright/test'

/** What a page has copied, as soon as it looks like that; the page must be allowed to read it. */
export async function copied(page: Page, like: RegExp): Promise<string> {
  let text = ''
  const read = async (): Promise<string> => (text = await page.evaluate(() => navigator.clipboard.readText()))
  await expect.poll(read).toMatch(like)
  return text
}
