import { open } from './support/page.ts'
import { verdict } from './support/practice.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

const path = (page: Page) => page.getByRole('textbox', { name: 'Path' })

async function start(page: Page, task: string): Promise<void> {
  await open(page, `/practice/tasks?task=${task}`)
  await page.getByRole('button', { name: 'Start the task' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
}

test('a task is passed by keyboard after a near miss and two hints, and the list says so', async ({
  page,
}) => {
  await open(page, '/lessons/errors')
  await page.getByRole('link', { name: /^\d tasks$/ }).press('Enter')
  await page.getByRole('link', { name: 'A 404 that no handler raised' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByText('Starting resets your sandbox to Ada, Grace and Alan.')).toBeVisible()
  await page.getByRole('button', { name: 'Start the task' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(path(page)).toHaveValue('/users/999')

  // r sends, without leaving the text.
  await page.keyboard.press('r')
  await expect(verdict(page)).toContainText('Close, but no')
  await expect(verdict(page)).toContainText('raised this 404 itself')
  await page.getByRole('button', { name: 'Hint' }).press('Enter')
  const hints = page.getByRole('list', { name: 'Hints' }).getByRole('listitem')
  await expect(hints).toHaveCount(1)
  await expect(hints.last()).toBeFocused()
  await page.getByRole('button', { name: 'Next hint' }).press('Enter')
  await expect(hints).toHaveCount(2)

  await page.keyboard.press('p')
  await expect(page.getByRole('region', { name: 'Playground' })).toBeFocused()
  await retype(path(page), '/user')
  await page.keyboard.press('Control+Enter')
  await expect(verdict(page)).toContainText('Passed')
  await expect(verdict(page)).toContainText('Your request number 2 did it.')
  await page.getByText('What was checked').press('Enter')
  await expect(page.getByRole('rowheader', { name: 'status' })).toBeVisible()
  await page.getByRole('link', { name: 'All tasks' }).last().press('Enter')
  const line = page.getByRole('listitem').filter({ hasText: 'A 404 that no handler raised' }).last()
  await expect(line).toContainText('passed with hints')
  await page.reload()
  await expect(line).toContainText('passed with hints')
})

test('not yet says how far it is, the solution works by itself, and giving up is recorded', async ({
  page,
}) => {
  await start(page, '06-authentication/refused-for-its-audience')
  await retype(path(page), '/users/2')
  await page.keyboard.press('Control+Enter')
  await expect(verdict(page)).toHaveText(/Not yet\s*\d of \d conditions hold\./)
  await expect(page.getByRole('button', { name: 'Show the solution' })).toHaveCount(0)
  for (const name of ['Hint', 'Next hint', 'Next hint', 'Next hint'])
    await page.getByRole('button', { name }).press('Enter')
  await page.getByRole('button', { name: 'Show the solution' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'The solution' })).toBeFocused()
  for (const place of [0, 1]) {
    await page.getByRole('button', { name: 'Put it into the editor' }).nth(place).press('Enter')
    await page.getByRole('button', { name: 'Send', exact: true }).press('Enter')
    await expect(page.locator('.status')).toHaveText(place === 0 ? /200/ : /401/)
  }
  await expect(verdict(page)).toContainText('You had seen the solution')
  await page.getByRole('link', { name: 'All tasks' }).first().click()
  const line = (title: string) => page.getByRole('listitem').filter({ hasText: title }).last()
  await expect(line('A genuine token in the wrong place')).toContainText('solution seen')

  await start(page, '12-errors/router-404')
  await page.keyboard.press('r')
  await expect(verdict(page)).toContainText('Close, but no')
  await page.getByRole('button', { name: 'Give up' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Start the task' })).toBeVisible()
  await page.getByRole('link', { name: 'All tasks' }).first().click()
  await expect(line('A 404 that no handler raised')).toContainText('tried')
  await expect(line('Exactly two problems')).toHaveText('Exactly two problems')
})

test('a card that was forgotten eight times becomes a task, which brings it back the next day', async ({
  page,
}) => {
  await page.clock.install({ time: new Date(2026, 10, 29, 12, 0) })
  await open(page, '/review')
  // As if the first key point had been known and forgotten on eight days.
  await page.evaluate(async () => {
    const study = (await (await fetch('/study.json')).json()) as { slug: string; keyPoints: string[] }[]
    const question = study.find(({ slug }) => slug === '12-errors')
    const card = `point:12-errors:${question?.keyPoints[0]}`.slice(0, 500)
    const events = Array.from({ length: 16 }, (_, index) => {
      const date = new Date(2026, 10, 21 + Math.floor(index / 2), 10, index)
      const day = `2026-11-${21 + Math.floor(index / 2)}`
      const id = `leech-${String(index).padStart(4, '0')}`
      return { id, version: 1, time: date.getTime(), day, kind: 'review', card, grade: index % 2 ? 1 : 3 }
    })
    const opening = indexedDB.open('viva-study')
    await new Promise((done) => (opening.onsuccess = done))
    const store = opening.result.transaction('events', 'readwrite').objectStore('events')
    for (const event of events) store.put(event)
    await new Promise((done) => (store.transaction.oncomplete = done))
  })
  await page.reload()
  await expect(page.getByText('This one doesn’t stick.')).toBeVisible()
  await expect(page.locator('.today')).toHaveText(/^15 new/)
  await page.locator('.desk').getByRole('link', { name: 'Exactly two problems' }).click()
  await expect(page).toHaveURL(/task=12-errors\/two-problems$/)
  await start(page, '12-errors/router-404')
  await retype(path(page), '/user')
  await page.keyboard.press('Control+Enter')
  await expect(verdict(page)).toContainText('Passed')
  await open(page, '/review')
  await expect(page.locator('.today')).toHaveText(/^15 new/)
  await expect(page.getByText('This one doesn’t stick.')).toHaveCount(0)
  await page.clock.setFixedTime(new Date(2026, 10, 30, 12, 0))
  await page.reload()
  await expect(page.locator('.today')).toHaveText(/^1 due/)
})
