import { leaveOut } from '../scripts/leave-out.mjs'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('a bug is reproduced, changed in the wrong place and fixed', async ({ page }) => {
  const { state } = (await (await page.request.get('/api/original')).json()) as { state: string }
  if (state !== 'ready') {
    leaveOut(`No bug was fixed in a browser: FastAPI for the tab is ${state} here (npm run original)`)
    test.skip()
  }
  const title = 'Everybody’s hash is on display'
  await open(page, '/practice/bugs?lesson=password-hashing')
  await page.getByRole('link', { name: title }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeFocused()
  const verdict = page.getByRole('status').filter({ has: page.getByRole('heading') })
  await page.getByRole('button', { name: /^Start FastAPI/ }).press('Enter')
  await expect(verdict).toContainText(/This is the bug\s*\d of \d checks fail\./, { timeout: 120_000 })
  await page.getByRole('tab', { name: 'schemas.py' }).press('Enter')
  const line = page.locator('.cm-line', { hasText: 'hashed_password: str' })
  await page.locator('.cm-content').hover()
  await expect(async () => {
    await page.mouse.wheel(0, 300)
    await expect(line).toBeInViewport({ timeout: 500 })
  }).toPass()
  await line.click()
  await page.keyboard.press('End')
  await page.keyboard.type(' | None')
  await page.keyboard.press('Control+Enter')
  await expect(verdict).toContainText('Not yet')
  await page.keyboard.press('Control+Shift+K')
  // Tab leaves the editor, and letters are shortcuts again.
  await page.keyboard.press('Tab')
  await page.keyboard.press('r')
  await expect(verdict).toContainText(/Fixed\s*All \d checks pass\./)
  await expect(page.getByRole('heading', { name: 'What was wrong' })).toBeVisible()
  await page.getByRole('link', { name: 'All bugs' }).press('Enter')
  await expect(page.getByRole('listitem').filter({ hasText: title }).last()).toContainText('fixed')
})
