import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

/** How many cards are left, due and new, as the page says it. */
async function due(page: Page): Promise<number> {
  const text = await page.locator('.today strong').innerText()
  return [...text.matchAll(/(\d+) (due|new)/g)].reduce((sum, [, count]) => sum + Number(count), 0)
}

async function setLimits(page: Page, newPerDay: string): Promise<void> {
  const field = page.getByLabel('New cards a day')
  await field.press('ControlOrMeta+a')
  await field.pressSequentially(newPerDay)
  await field.press('Enter')
  await expect(page.getByText('Saved.')).toBeVisible()
}

test('a day’s cards are reviewed by keyboard alone, one of them undone @firefox', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  await expect(page).toHaveURL('/review')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.locator('.today strong')).toHaveText(/^15 new, \d+ minutes$/)
  await setLimits(page, '3')
  await expect(page.locator('.today strong')).toHaveText(/^3 new, \d+ minutes$/)
  // Digits and letters typed into a field are no grades.
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Tab')

  const task = page.locator('#card-task')
  await page.locator('h1').focus()
  await expect(task).toHaveText('Say the answer aloud')
  await page.keyboard.press('3')
  await expect(task).toHaveText('Say the answer aloud')
  await page.keyboard.press('Space')
  await expect(page.getByRole('group', { name: 'Answer' })).toBeFocused()
  const grades = page.getByRole('group', { name: 'How did it go?' }).getByRole('button')
  await expect(grades).toHaveText([
    /1\s*Again\s*later today/,
    /Hard\s*tomorrow/,
    /Good\s*in 2 days/,
    /Easy\s*in 8 days/,
  ])
  await page.keyboard.press('3')
  await expect(page.locator('.today strong')).toHaveText(/^2 new/)
  await expect(task).toBeFocused()

  const second = await page.locator('.card h2').innerText()
  await page.keyboard.press('Space')
  await page.keyboard.press('4')
  await expect(page.locator('.today strong')).toHaveText(/^1 new/)
  await page.keyboard.press('u')
  await expect(page.locator('.today strong')).toHaveText(/^2 new/)
  await expect(page.locator('.card h2')).toHaveText(second)
  await page.keyboard.press('Space')
  await page.keyboard.press('1')
  // What was graded again comes last, and again until it is known.
  await page.keyboard.press('Space')
  await page.keyboard.press('2')
  await expect(page.locator('.card h2')).toHaveText(second)
  await page.keyboard.press('Space')
  await page.keyboard.press('3')
  await expect(page.getByRole('heading', { name: 'Done for today' })).toBeVisible()
  await expect(page.getByText(/Tomorrow: \d+ due, 3 new/)).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Done for today' })).toBeVisible()
})

test('the next day at four, what is due comes back, and new cards with it', async ({ page }) => {
  await page.clock.install({ time: new Date(2026, 10, 29, 23, 0) })
  await open(page, '/review')
  await setLimits(page, '1')
  await page.locator('h1').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('2')
  await expect(page.getByRole('heading', { name: 'Done for today' })).toBeVisible()
  await page.clock.fastForward('04:59:00')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Done for today' })).toBeVisible()
  await page.clock.fastForward('00:02:00')
  await expect(page.getByText(/^1 due, 1 new/)).toBeVisible()
})

test('a missed key point is due, a card is put off until tomorrow, another is suspended and resumed', async ({
  page,
}) => {
  await open(page, '/practice?question=12-errors')
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await page.getByRole('checkbox').first().check()
  await page.getByRole('radio').nth(3).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await open(page, '/review')
  await setLimits(page, '0')
  const before = await due(page)
  expect(before).toBeGreaterThan(3)
  await expect(page.locator('#card-task')).toHaveText('One key point is missing: which?')
  await page.getByRole('button', { name: 'Not today' }).click()
  await expect.poll(() => due(page)).toBe(before - 1)
  const text = await page.locator('.card').getByRole('listitem').allInnerTexts()
  await page.getByRole('button', { name: 'Suspend' }).click()
  await expect.poll(() => due(page)).toBe(before - 2)
  await page.reload()
  await expect.poll(() => due(page)).toBe(before - 2)
  await page.getByText('1 suspended').click()
  expect(text.join()).not.toContain(await page.locator('.settings li .grow').innerText())
  await page.getByRole('button', { name: /^Resume/ }).click()
  await expect.poll(() => due(page)).toBe(before - 1)
})

test('towards a date, new cards are spread over the days before it', async ({ page }) => {
  await page.clock.install({ time: new Date(2026, 10, 29, 12, 0) })
  await open(page, '/review')
  await setLimits(page, '5')
  await page.getByLabel('When is your interview?').pressSequentially('12092026')
  await page.getByRole('button', { name: 'Plan for it' }).press('Enter')
  await expect(page.locator('#card-task')).toBeFocused()
  await expect(page.getByText('Your interview is in 10 days.')).toBeVisible()
  const rows = page.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(11)
  const fresh = (await rows.locator('td:nth-of-type(2)').allInnerTexts()).map(Number)
  const all = fresh.reduce((sum, count) => sum + count, 0)
  expect(fresh[0]).toBe(Math.ceil(all / 10))
  expect(Math.max(...fresh)).toBe(fresh[0])
  await open(page, '/')
  await page.getByRole('link', { name: 'Your interview is in 10 days: see the plan' }).click()
  await expect(page.getByLabel('When is your interview?')).toHaveValue('2026-12-09')
})

test('single keys grade nothing when they are turned off, and buttons do', async ({ page }) => {
  await open(page, '/review')
  await page.keyboard.press('?')
  await page.getByLabel(/Use single letters as shortcuts/).uncheck()
  await page.keyboard.press('Escape')
  const before = await due(page)
  await page.locator('h1').focus()
  await page.keyboard.press('Space')
  await expect(page.getByRole('button', { name: 'Show the answer' })).toBeVisible()
  await page.getByRole('button', { name: 'Show the answer' }).press('Enter')
  await page.keyboard.press('3')
  await page.getByRole('button', { name: /Good/ }).press('Enter')
  await expect.poll(() => due(page)).toBe(before - 1)
})

test('a browser whose database never answers still reviews, and says that nothing is kept', async ({
  page,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => ({}) as IDBOpenDBRequest
  })
  await open(page, '/review')
  await expect(page.locator('#card-task')).toHaveText('Say the answer aloud')
  await expect(page.getByText('This browser doesn’t keep data for this site.')).toBeVisible()
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await page.getByRole('button', { name: /Good/ }).click()
  await expect(page.locator('.today strong')).toHaveText(/^14 new, \d+ minutes$/)
})
