import type { Page, Response } from '@playwright/test'

/** Opens a page and waits until it has come alive: what is typed before that, nobody hears. */
export async function open(page: Page, path: string): Promise<Response | null> {
  const response = await page.goto(path)
  await page.waitForFunction(() => '__vue_app__' in (document.getElementById('app') ?? {}))
  return response
}
