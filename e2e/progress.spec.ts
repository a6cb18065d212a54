import { readFile } from 'node:fs/promises'
import { findAnki, importIntoAnki } from './support/anki.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const HOUR_MS = 3_600_000

async function sayIt(page: Page, slug: string, level: number): Promise<void> {
  await open(page, `/practice?question=${slug}`)
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await page.getByRole('checkbox').first().check()
  await page.getByRole('radio').nth(level).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: /^Saved/ })).toBeVisible()
}

async function reviewOneCard(page: Page): Promise<void> {
  await open(page, '/review')
  await page.locator('#card-task').waitFor()
  await page.locator('h1').focus()
  const left = await page.locator('.today strong').innerText()
  await page.keyboard.press('Space')
  await page.getByRole('group', { name: 'How did it go?' }).waitFor()
  await page.keyboard.press('3')
  await expect(page.locator('.today strong')).not.toHaveText(left)
}

/** The days on which something was answered, with the numbers, as the table behind the calendar has them. */
async function studied(page: Page): Promise<string[]> {
  await page.getByText('As a table').first().click()
  const cells = page.getByRole('group', { name: 'Answers by day' }).getByRole('cell')
  return (await cells.allInnerTexts()).filter((text) => text !== '0')
}

test('three days of study, and another browser that gets them in a file, show the same progress', async ({
  page,
  browser,
  baseURL,
}, info) => {
  const start = new Date(2026, 10, 24, 12, 0)
  await page.clock.install({ time: start })
  await open(page, '/progress')
  const rowsOf = (on: Page) => on.getByRole('region', { name: 'Your questions' }).getByRole('row')
  const rows = rowsOf(page)
  await expect(rows).toHaveCount(18)
  await expect(page.getByText('can say 0')).toBeVisible()
  await expect(rows.nth(1)).toHaveText(/1 What FastAPI is\s*no\s*0 of \d+\s*not yet\s*–/)

  await open(page, '/lessons/errors')
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await page.getByRole('link', { name: 'Confirmed by step 1' }).first().waitFor()
  await page.getByRole('checkbox', { name: 'Raise HTTPException' }).check()
  await sayIt(page, '12-errors', 3)
  await page.clock.fastForward(24 * HOUR_MS)
  await reviewOneCard(page)
  await page.clock.fastForward(24 * HOUR_MS)
  await reviewOneCard(page)
  await sayIt(page, '08-jwt', 1)

  await open(page, '/')
  const card = page.getByRole('article').filter({ hasText: 'Errors and status codes' })
  await expect(card).toContainText('said: solid, 2 days ago')
  await open(page, '/progress')
  const errors = page.getByRole('row', { name: /Errors and status codes/ })
  await expect(errors).toHaveText(/yes\s*[1-9]\d* of \d+\s*3 solid, 2 days ago\s*[1-9]\d? %/)
  await expect(page.getByRole('row', { name: /8 JWT/ })).toHaveText(/no\s*0 of \d+\s*1 fragments, today/)
  await expect(page.getByRole('img', { name: /^How likely you know what each question asks/ })).toBeVisible()
  await expect(page.getByRole('img', { name: /4 answers on 3 days, at most 2 on one day/ })).toBeVisible()
  expect(await studied(page)).toEqual(['1', '1', '2'])

  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const file = info.outputPath('study.json')
  await (await downloading).saveAs(file)
  const other = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage()
  await other.clock.install({ time: new Date(start.getTime() + 50 * HOUR_MS) })
  await open(other, '/progress')
  const payload = { name: 'study.json', mimeType: 'application/json', buffer: await readFile(file) }
  await other.getByLabel('Study file').setInputFiles(payload)
  await expect(other.getByRole('row', { name: /8 JWT/ })).toContainText('1 fragments, today')
  const likelihoods = (on: Page): Promise<string[]> =>
    on.getByRole('region', { name: 'By topic' }).getByRole('row').allInnerTexts()
  const likely = await likelihoods(page)
  expect(likely.length).toBeGreaterThan(1)
  // They appear once the quizzes have loaded.
  await expect.poll(() => likelihoods(other)).toEqual(likely)
  expect(await rowsOf(other).allInnerTexts()).toEqual(await rowsOf(page).allInnerTexts())
  expect(await studied(other)).toEqual(['1', '1', '2'])
  await open(other, '/lessons/errors')
  await expect(other.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await expect(other.getByRole('checkbox', { name: 'Raise HTTPException' })).toBeChecked()
  await expect(other.getByRole('link', { name: 'Confirmed by step 1' }).first()).toBeVisible()
  await other.context().close()
})

test('no likelihood is shown of half a deck: Progress waits for the quizzes, and says so when they don’t load', async ({
  page,
}) => {
  await reviewOneCard(page)
  await open(page, '/progress')
  const topics = page.getByRole('region', { name: 'By topic' })
  const whole = await topics.innerText()
  let fail: () => void = () => undefined
  const failing = new Promise<void>((done) => (fail = done))
  await page.route('**/practice.json*', async (route) => {
    await failing
    await route.abort()
  })
  await page.reload()
  await expect(page.getByText('Loading tasks and quizzes …')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeEnabled()
  await expect(topics).toHaveCount(0)
  fail()
  await expect(page.getByRole('alert').filter({ hasText: 'Tasks and quizzes didn’t load' })).toBeVisible()
  await expect(topics).toHaveCount(0)
  await page.unroute('**/practice.json*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.poll(() => topics.innerText()).toBe(whole)
})

test('the whole deck is taken to Anki and to Moodle', async ({ page, request }, info) => {
  await open(page, '/progress')
  const saved = async (button: string): Promise<string> => {
    const downloading = page.waitForEvent('download')
    await page.getByRole('button', { name: button }).click()
    const file = info.outputPath('saved.txt')
    await (await downloading).saveAs(file)
    return readFile(file, 'utf8')
  }
  const questions = (await (await request.get('/study.json')).json()) as {
    keyPoints: string[]
    followUps: unknown[]
    commonMistakes: unknown[]
  }[]
  const sets = (await (await request.get('/practice.json')).json()) as {
    quizzes: { choices: unknown[]; order: unknown }[]
  }[]
  const quizzes = sets.flatMap((set) => set.quizzes)
  const cards = questions.map(
    ({ keyPoints, followUps, commonMistakes }) =>
      1 + keyPoints.length + followUps.length + commonMistakes.length,
  )
  const count = cards.reduce((sum, each) => sum + each, 0) + quizzes.length

  const text = await saved('Cards for Anki')
  await expect(page.getByText('Saved as viva-anki.txt.')).toBeVisible()
  expect(text.match(/^viva-/gm)).toHaveLength(count)
  const python = await findAnki()
  if (python !== undefined) {
    const [first, again] = importIntoAnki(python, [text, text])
    expect(first).toMatchObject({ added: count, updated: 0, unchanged: 0 })
    expect(again).toMatchObject({ added: 0, updated: 0, unchanged: count })
  }

  const gift = await saved('Quizzes for Moodle')
  const parts = quizzes.map(({ choices, order }) => choices.length + (order === null ? 0 : 1))
  expect(gift.match(/^::/gm)).toHaveLength(parts.reduce((sum, each) => sum + each, 0))
})
