import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'
import { retype } from './support/typing.ts'

test('words anywhere in the text lead to their section of a lesson @firefox', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('IntegrityError')
  const option = page
    .getByRole('dialog')
    .getByRole('option')
    .filter({ hasText: '12 Errors and status codes' })
    .first()
  await expect(option).toContainText('IntegrityError')
  await option.click()
  await expect(page).toHaveURL('/lessons/errors#today')
  await expect(page.getByRole('heading', { name: 'Today' })).toBeInViewport()
})

test('a follow-up that was found is expanded', async ({ page }) => {
  await open(page, '/')
  await page.getByRole('button', { name: /Search/ }).click()
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('404 or 403 belongs to someone')
  await page.keyboard.press('Enter')
  await expect(page.getByText('403 says that it exists.')).toBeInViewport()
  await page.getByText('404 or 403 for something').click()
  await expect(page.getByText('403 says that it exists.')).toBeHidden()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('domain errors become responses')
  await page.keyboard.press('Enter')
  await expect(page.getByText('In one exception handler per type of error')).toBeInViewport()
})

test('Enter pressed before the index has loaded takes effect later', async ({ page }) => {
  let come: () => void = () => undefined
  const asked = new Promise<void>((resolve) => (come = resolve))
  await page.route('**/search.json*', async (route) => {
    await asked
    await route.continue()
  })
  await open(page, '/')
  await page.getByRole('button', { name: /Search/ }).click()
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('404 or 403 belongs to someone')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeVisible()
  come()
  await expect(page.getByText('403 says that it exists.')).toBeInViewport()
})

test("a typo still finds something, and nonsense says that it doesn't", async ({ page }) => {
  await open(page, '/about')
  await page.keyboard.press('/')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('midleware')
  await expect(
    page
      .getByRole('dialog')
      .getByRole('option', { name: /^Middleware/ })
      .first(),
  ).toBeVisible()
  await retype(page.getByRole('dialog').getByRole('combobox'), 'qqqqzzzz')
  await expect(page.getByText('No results for “qqqqzzzz”.')).toBeVisible()
})

test('a step is found by its title and opens in the playground', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('Ada deletes herself')
  await page
    .getByRole('dialog')
    .getByRole('option', { name: /^Ada deletes herself/ })
    .click()
  await expect(page).toHaveURL('/lessons/errors?step=delete-herself')
  await expect(page.locator('[aria-current="step"]')).toContainText('Ada deletes herself')
})

test('commands change the theme, reset the sandbox and navigate', async ({ page }) => {
  await open(page, '/lessons/errors')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('theme dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('reset sandbox')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The sandbox is reset')).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('previous question')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/lessons/docs')
})

test('a shortcut right after closing opens the dialog again', async ({ page }) => {
  await open(page, '/about')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.evaluate(async () => {
    document.querySelector<HTMLElement>('dialog button')?.click()
    // Vue has drawn what follows, and the browser has not yet told of `close`, which is a task of its own.
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve()
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))
    await new Promise((told) => setTimeout(told, 100))
  })
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('theme dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('an index that fails to load can be loaded again', async ({ page }) => {
  await open(page, '/')
  await page.route('**/search.json*', (route) => route.fulfill({ status: 503 }))
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('token')
  await expect(page.getByText('The search index didn’t load.')).toBeVisible()
  await page.unroute('**/search.json*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(page.getByRole('dialog').getByRole('option').first()).toBeVisible()
})
