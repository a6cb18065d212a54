import { open, withoutPredictions } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const BUSY = {
  status: 503,
  contentType: 'application/json',
  headers: { 'Retry-After': '1', 'X-Viva-Busy': '1' },
  body: JSON.stringify({ detail: 'Too many passwords are being checked' }),
}
const notice = (page: Page) => page.getByText(/The server is busy. Retrying in \d+ s/)
const marks = (page: Page) => page.locator('.steps .number')

test('a busy server is retried, and then the claims are checked', async ({ page }) => {
  let busy = true
  let requests = 0
  await page.route('**/login', (route) => {
    requests += 1
    return busy ? route.fulfill(BUSY) : route.continue()
  })
  await open(page, '/lessons/authentication?step=1')
  await page.getByRole('button', { name: /^Run step 1$/ }).click()
  await expect(notice(page)).toBeVisible()
  // Refused once more, it waits once more.
  await expect.poll(() => requests).toBeGreaterThan(1)
  busy = false
  await expect(page.locator('.status')).toHaveText('200 OK')
  const needed = requests
  await expect(page.getByText('3 of 3 claims confirmed', { exact: true })).toBeVisible()
  await expect(notice(page)).toBeHidden()
  expect(requests).toBe(needed)
})

test('a server that stays busy fails no claim: none is checked or counted', async ({ page }) => {
  await withoutPredictions(page)
  await page.route('**/login', (route) => route.fulfill(BUSY))
  await open(page, '/lessons/authentication?step=1')
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(notice(page)).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Not checked: the server was busy', { exact: true })).toBeVisible()
  await expect(page.locator('.steps .number[data-state="failed"]')).toHaveCount(0)
  await expect(marks(page).first()).toHaveAttribute('data-state', 'waiting')
  await expect(page.locator('.claims .mark[data-state="failed"]')).toHaveCount(0)
  await expect(page.locator('.response-side > [role="status"]')).toContainText(
    '0 of 9 steps ran, 0 of 0 claims confirmed. The other claims were not checked: the server was busy.',
  )
})

test('a claim whose evidence a busy server can’t give is not checked either', async ({ page }) => {
  await page.route('**/api/traces/*', (route) => route.fulfill(BUSY))
  await open(page, '/lessons/async?step=1')
  await page.getByRole('button', { name: /^Run step 1$/ }).click()
  await expect(notice(page)).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('Not checked: the server was busy', { exact: true })).toBeVisible()
  await expect(page.locator('.status')).toHaveText('200 OK')
})

test('too many guesses get the project’s own 429, which is checked at once', async ({ page }) => {
  await page.route('**/login', (route) =>
    route.fulfill({
      status: 429,
      contentType: 'application/json',
      headers: { 'Retry-After': '60' },
      body: JSON.stringify({ detail: 'Too many wrong passwords: try again later' }),
    }),
  )
  await open(page, '/lessons/authentication?step=1')
  await page.getByRole('button', { name: /^Run step 1$/ }).click()
  await expect(page.locator('.status')).toContainText('429')
  await expect(page.getByText('0 of 3 claims confirmed', { exact: true })).toBeVisible()
  await expect(notice(page)).toBeHidden()
})
