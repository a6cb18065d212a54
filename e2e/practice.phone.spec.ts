import { open } from './support/page.ts'
import { expectNoSidewaysScroll, practiceSets, quizOnPage, verdict } from './support/practice.ts'
import { expect, test } from './support/test.ts'

test('a task on a phone: what the request came to stays in sight, at 320 pixels, too', async ({ page }) => {
  for (const width of [390, 320]) {
    await page.setViewportSize({ width, height: 740 })
    await open(page, '/practice/tasks')
    await expectNoSidewaysScroll(page)
    await page.getByRole('link', { name: 'A 404 that no handler raised' }).tap()
    await page.getByRole('button', { name: 'Start the task' }).tap()
    const send = page.getByRole('button', { name: 'Send', exact: true })
    await send.tap()
    await expect(verdict(page)).toContainText('Close, but no')
    await expect(verdict(page)).toBeInViewport()
    await page.locator('.status').scrollIntoViewIfNeeded()
    await expect(verdict(page)).toBeInViewport()
    await expectNoSidewaysScroll(page)
  }
})

test('a quiz on a phone, by tapping', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 740 })
  const sets = await practiceSets(page)
  await open(page, '/practice/quiz')
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: 'Start a mixed round' }).tap()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quiz 1 of 10')
  const quiz = await quizOnPage(page, sets)
  for (const [index] of quiz.choices.entries()) {
    const form = page.locator('.quiz form').nth(index)
    await form.getByRole('radio').first().tap()
    await form.getByRole('button', { name: 'Check' }).tap()
  }
  if (quiz.order) await page.getByRole('button', { name: 'Check' }).tap()
  await expect(page.getByRole('heading', { name: /^(Right|Not right)$/ })).toBeFocused()
  await expectNoSidewaysScroll(page)
  await page.getByRole('button', { name: /^Go on/ }).tap()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quiz 2 of 10')
})

test('no keys are named on a touch screen', async ({ page }) => {
  const pages = [
    '/practice/bugs/pydantic-models/age-says-email-taken',
    '/original',
    '/original/fact?lesson=database-connection&id=engine-is-lazy',
    '/review',
  ]
  for (const path of pages) {
    await open(page, path)
    await expect(page.getByText(/Your changes stay in this browser|Show the answer/).first()).toBeVisible()
    await expect(page.locator('main kbd').filter({ visible: true })).toHaveCount(0)
  }
})
