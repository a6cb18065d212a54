import type { Locator, Page } from '@playwright/test'
import { expect } from './test.ts'

/** Every key that is a shortcut somewhere, in words that a person might type. */
export const TYPED = 'take this, right now: http/1 ? "jobs" gh gp nbm s3'

/** Puts the caret at the end of a field with a click and the End key. */
export async function goTo(page: Page, field: Locator): Promise<void> {
  await field.click()
  await page.keyboard.press('ControlOrMeta+End')
}

/** Replaces the text of a field, key by key. */
export async function retype(field: Locator, text: string): Promise<void> {
  await field.click()
  await field.press('ControlOrMeta+a')
  await field.press('Delete')
  await field.pressSequentially(text)
}

/** Types as with a Japanese input method: starts a composition, changes it and confirms it with Enter. */
export async function compose(page: Page, steps: readonly string[], result: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const processed = async (key: string): Promise<void> => {
    const sent = { key, windowsVirtualKeyCode: 229, code: key === 'Enter' ? 'Enter' : '' }
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...sent })
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...sent })
  }
  for (const text of steps) {
    await session.send('Input.imeSetComposition', {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    })
    await processed('t')
  }
  await processed('ArrowDown')
  await processed('Enter')
  await session.send('Input.insertText', { text: result })
  await session.detach()
}

/** What shortcuts change. */
async function stateOf(page: Page): Promise<object> {
  return page.evaluate(() => ({
    path: location.pathname,
    theme: document.documentElement.getAttribute('data-theme'),
    dialogs: document.querySelectorAll('dialog[open]').length,
    heading: document.querySelector('h1')?.textContent,
  }))
}

/** Runs an action and checks that the page, its theme and its dialogs are unchanged afterwards. */
export async function staying(page: Page, act: () => Promise<void>, what = ''): Promise<void> {
  const before = await stateOf(page)
  await act()
  expect(await stateOf(page), what).toEqual(before)
}
