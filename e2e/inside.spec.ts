import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

const steps = (page: Page) => page.getByRole('list', { name: 'Steps, in order' })
const chosen = (page: Page) => steps(page).locator('[aria-current="step"]')
const detail = (page: Page) => page.getByRole('region', { name: 'Selected step' })

async function inside(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Send|Run step .*)$/ }).click()
  await page.getByRole('tab', { name: 'Inside' }).click()
  await expect(chosen(page)).toBeVisible()
}

test('the deciding step is selected first, and selecting it highlights its code', async ({ page }) => {
  await open(page, '/lessons/errors')
  await inside(page)
  await expect(chosen(page)).toContainText('refused')
  await chosen(page).click()
  await expect(page.locator('#code')).toContainText('def get_user')
  await expect(page.locator('#code .is-lit').first()).toBeVisible()
})

test('on the playground page the code is below the step, in both languages', async ({ page }) => {
  await open(page, '/playground?operation=get_user_users__user_id__get')
  await inside(page)
  await steps(page)
    .getByRole('button', { name: /get_user/ })
    .click()
  await expect(detail(page).getByRole('group', { name: 'Python, routers/users.py' })).toContainText(
    'def get_user',
  )
  await detail(page).getByRole('button', { name: 'TypeScript' }).click()
  await expect(detail(page).getByRole('group', { name: 'TypeScript, routers/users.ts' })).toContainText(
    'get_user',
  )
  await expect(chosen(page)).toBeInViewport()
  await steps(page).getByRole('button', { name: 'Request validated' }).click()
  await expect(detail(page).getByRole('group', { name: 'Language' })).toHaveCount(0)
})

test('keys walk through the steps: j and k, arrows, Home and End @firefox', async ({ page }) => {
  await open(page, '/playground?operation=create_user_users__post')
  await inside(page)
  await chosen(page).focus()
  await page.keyboard.press('Home')
  await expect(chosen(page)).toContainText('Sandbox chosen')
  await expect(chosen(page)).toBeFocused()
  await page.keyboard.press('j')
  await page.keyboard.press('ArrowRight')
  const third = steps(page).locator('li > button').nth(2)
  await expect(third).toHaveAttribute('aria-current', 'step')
  await page.keyboard.press('k')
  await expect(steps(page).locator('li > button').nth(1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(steps(page).locator('li > button').last()).toHaveAttribute('aria-current', 'step')
  await expect(page).toHaveURL(/\/playground/)
})

test('play goes from the first step to the last by itself and stops', async ({ page }) => {
  await page.clock.install()
  await open(page, '/playground')
  await inside(page)
  await page.getByRole('button', { name: 'Play' }).click()
  await expect(chosen(page)).toContainText('Sandbox chosen')
  await page.clock.runFor(60_000)
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  await expect(steps(page).locator('li > button').last()).toHaveAttribute('aria-current', 'step')
})

test('every kind of step shows its details', async ({ page }) => {
  await open(page, '/playground?operation=create_user_users__post')
  await inside(page)
  const choose = async (name: string | RegExp) => steps(page).getByRole('button', { name }).first().click()
  await choose('UserCreate')
  await expect(detail(page).getByRole('row', { name: /email.*passed/ })).toBeVisible()
  await choose('Password hashed')
  await expect(detail(page)).toContainText('bcrypt, cost 10')
  await expect(detail(page).getByRole('link', { name: /Explained in lesson 7/ })).toHaveAttribute(
    'href',
    '/lessons/password-hashing',
  )
  await choose('INSERT')
  await expect(detail(page).getByLabel('SQL that SQLAlchemy would send')).toContainText('INSERT INTO users')
  await expect(detail(page).getByRole('row', { name: /^name Hedy Lamarr/ })).toBeVisible()
  await expect(steps(page).getByRole('button', { name: /Response model/ })).toHaveCount(1)
  await choose('Response model UserOut')
  await expect(detail(page)).toContainText('filtered through UserOut; status 201')
  await choose('Body read')
  await expect(detail(page)).toContainText('FastAPI reads the body')
})

test('what the response model removed is struck through', async ({ page }) => {
  await open(page, '/playground?operation=get_user_users__user_id__get')
  await inside(page)
  await steps(page)
    .getByRole('button', { name: /Response model/ })
    .click()
  await expect(detail(page).locator('del')).toHaveText(['hashed_password'])
  await expect(detail(page).getByRole('group', { name: 'Python, schemas.py' })).toContainText('class UserOut')
})

test('a redirect and the request that followed it are both there', async ({ page }) => {
  await open(page, '/playground')
  await retype(page.getByRole('textbox', { name: 'Path' }), '/users')
  await inside(page)
  const requests = page.getByRole('group', { name: 'What happened, in order' })
  await expect(requests.getByRole('button')).toHaveText([/1\. \/users → 307/, /2\. \/users\/ → 200/])
  await requests.getByRole('button').nth(1).click()
  await expect(steps(page)).toContainText('SELECT')
})

test('for a path outside the project the tab says that there is no trace', async ({ page }) => {
  await open(page, '/playground')
  await retype(page.getByRole('textbox', { name: 'Path' }), '/healthz')
  await page.getByRole('button', { name: /^(Send|Run step .*)$/ }).click()
  await page.getByRole('tab', { name: 'Inside' }).click()
  await expect(page.getByText('There is no trace')).toBeVisible()
})
