import { open } from './support/page.ts'
import { verdict } from './support/practice.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

/** Answers the question on the page by keyboard, its follow-up included, and goes on. */
async function answer(page: Page, place: string, level: number): Promise<void> {
  await expect(page.getByText(`Question ${place}`, { exact: false }).first()).toBeVisible()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Say it like this' })).toBeFocused()
  await page.getByRole('radio').nth(level).press('Space')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('.asked')).toBeFocused()
  await page.keyboard.press('Control+Enter')
}

test('a mock interview of three questions, with a reload, by keyboard, to its result', async ({ page }) => {
  await page.clock.install()
  await open(page, '/practice')
  await page.getByRole('link', { name: 'Mock interview' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Mock interview')
  await page.getByRole('combobox', { name: 'Questions' }).selectOption('3')
  await page.getByRole('combobox', { name: 'Minutes' }).selectOption('15')
  await page.getByRole('button', { name: 'Start the interview' }).press('Enter')
  await expect(page.getByRole('timer')).toHaveText(/^1[45]:\d\d$/)
  await answer(page, '1 of 3', 1)

  await expect(page.getByText('Question 2 of 3')).toBeVisible()
  await page.getByLabel('Your answer').pressSequentially('On its way')
  await page.clock.fastForward('05:00')
  await page.reload()
  await expect(page.getByText('Question 2 of 3')).toBeVisible()
  await expect(page.getByLabel('Your answer')).toHaveValue('On its way')
  await expect(page.getByRole('timer')).toHaveText(/^[89]:\d\d$/)
  await answer(page, '2 of 3', 4)

  await page.clock.fastForward('10:00')
  await expect(page.getByText('Time is up.')).toBeVisible()
  await page.getByRole('button', { name: 'End the interview' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How it went')
  await expect(page.getByText('2 of 3 questions answered')).toBeVisible()
  const next = page.getByRole('region', { name: 'What to study next' })
  await expect(next.getByRole('listitem')).toHaveText([
    'SQLAlchemy: not reached',
    'What FastAPI is: fragments',
    'Two problems in the query: a task',
    'One typing mistake, two problems: a task',
  ])
  await expect(page.getByText('On its way')).toBeVisible()
  await expect(page.getByRole('cell', { name: /of \d+$/ }).first()).toBeVisible()

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.getByText('On its way')).toBeVisible()
  await page.emulateMedia({ media: 'screen' })
  await page.reload()
  await expect(page.getByText('2 of 3 questions answered')).toBeVisible()
  await page.getByRole('button', { name: 'Another interview' }).click()
  await expect(page.getByText('2 of 3 questions answered')).toBeVisible()
})

test('two tasks follow the questions: one is passed after a near miss, one is skipped, and the result has both', async ({
  page,
}) => {
  await open(page, '/practice/mock')
  await page.getByRole('combobox', { name: 'Questions' }).selectOption('3')
  await expect(page.getByText('4 minutes for each question and task')).toBeVisible()
  await page.getByLabel('A follow-up after each answer').uncheck()
  await page.getByRole('button', { name: 'Start the interview' }).click()
  for (const place of [1, 2, 3]) {
    await expect(page.getByText(`Question ${place} of 3`)).toBeVisible()
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('radio').nth(3).check()
    await page.getByRole('button', { name: 'Save and go on' }).click()
  }
  await expect(page.getByText('Task 1 of 2, about 4 minutes')).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Two problems in the query')
  await page.getByRole('button', { name: 'Start the task' }).press('Enter')
  const path = page.getByRole('textbox', { name: 'Path' })
  await path.press('End')
  await path.pressSequentially('x')
  await page.keyboard.press('Control+Enter')
  await expect(verdict(page)).toContainText('Only one of the two is refused.')
  await page.getByRole('button', { name: 'Hint' }).press('Enter')
  await retype(path, '/users/?skip=a&limit=b')
  await page.keyboard.press('Control+Enter')
  await expect(verdict(page)).toContainText('Passed')
  // It stays until one goes on.
  await expect(page.getByText('Task 1 of 2')).toBeVisible()
  await page.getByRole('button', { name: 'Go on' }).press('Enter')
  await expect(page.getByText('Task 2 of 2')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Skip this task' }).press('Enter')

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How it went')
  await expect(page.getByText('1 of 2 tasks passed')).toBeVisible()
  const tasks = page.getByRole('region', { name: 'Tasks' }).getByRole('article')
  await expect(tasks).toHaveText([
    /passed with hints, 2 requests, 1 hint/,
    /not passed, no requests, no hints/,
  ])
  const next = page.getByRole('region', { name: 'What to study next' })
  await expect(next.getByRole('listitem')).toHaveText(['One typing mistake, two problems: a task'])
})

test('its answers count as attempts, and the next one draws other questions', async ({ page }) => {
  await open(page, '/practice/mock')
  await page.getByRole('combobox', { name: 'Questions' }).selectOption('3')
  await page.getByLabel('A follow-up after each answer').uncheck()
  await page.getByLabel('Two tasks in the playground').uncheck()
  await page.getByRole('button', { name: 'Start the interview' }).click()
  for (const place of [1, 2, 3]) {
    await expect(page.getByText(`Question ${place} of 3`)).toBeVisible()
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('radio').nth(3).check()
    await page.getByRole('button', { name: 'Save and go on' }).click()
  }
  await expect(page.getByText('All of it was solid or better.')).toBeVisible()
  await open(page, '/practice')
  await expect(page.getByText('3 solid, today')).toHaveCount(3)
  await open(page, '/practice/mock')
  await page.getByRole('button', { name: 'Start the interview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/database/)
})
