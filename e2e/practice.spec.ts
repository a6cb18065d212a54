import { readFile } from 'node:fs/promises'
import { open } from './support/page.ts'
import { blockedBrowser, REFUSALS, refuseStorage } from './support/site-data.ts'
import { expect, test, type Page } from './support/test.ts'
import { staying, TYPED } from './support/typing.ts'

const UNKEPT = 'This browser doesn’t keep data for this site.'

/** Says a question, judges it with a level and saves it. */
async function say(page: Page, slug: string, level: number, written = ''): Promise<void> {
  await open(page, `/practice?question=${slug}`)
  await page.getByLabel('Your answer').pressSequentially(written)
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await page.getByRole('checkbox').first().check()
  await page.getByRole('radio').nth(level).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: /^Saved/ })).toBeFocused()
}

/** The line of a question in the list of all. */
function line(page: Page, title: RegExp) {
  return page.getByRole('listitem').filter({ hasText: title })
}

test('a question is said, checked and saved by keyboard alone @firefox', async ({ page }) => {
  await open(page, '/lessons/authentication')
  await page.getByRole('link', { name: 'Say it', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/practice?question=authentication')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('How does FastAPI handle authentication?')
  await expect(page.getByText('Say it like this')).toHaveCount(0)

  const answer = page.getByLabel('Your answer')
  await answer.focus()
  await staying(page, () => page.keyboard.type(TYPED))
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { name: 'Say it like this' })).toBeFocused()
  await expect(page.getByText('FastAPI gives you the tools for authentication')).toBeVisible()
  await expect(page.locator('.quote')).toHaveText(TYPED)

  // Nothing is ticked or chosen, and it can't be saved without a level.
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('checkbox').first()).toBeFocused()
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText('Choose the sentence that is closest')).toBeVisible()
  await expect(page.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Follow-up' }).locator('.asked')).not.toBeEmpty()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Saved: 2 the basics')
  await expect(page.getByText('You mentioned 1 of 7 key points')).toBeVisible()

  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/practice?question=what-is-fastapi')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('an attempt is kept with its date, never fills in the next one, and is deleted for good', async ({
  page,
  context,
}) => {
  await say(page, '12-errors', 3, 'A 404 for a user who isn’t there')
  await page.reload()
  await expect(page.getByLabel('Your answer')).toHaveValue('')
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await page.getByRole('radio').nth(1).check()
  await page.getByRole('button', { name: 'Save' }).click()

  const before = page.getByRole('region', { name: 'What you said before' })
  await expect(before.getByRole('strong')).toHaveText(['1 fragments', '3 solid'])
  await before.getByText('What you wrote and missed').click()
  await expect(before.getByText('A 404 for a user who isn’t there')).toBeVisible()
  // Another tab shows the same, and follows.
  const other = await context.newPage()
  await open(other, '/practice')
  await expect(line(other, /errors or status codes/)).toContainText('1 fragments, today')
  await before
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await expect(before.getByRole('strong')).toHaveText(['3 solid'])
  await expect(line(other, /errors or status codes/)).toContainText('3 solid, today')
  await other.reload()
  await expect(line(other, /errors or status codes/)).toContainText('3 solid, today')
})

test('ticks on a lesson page and ticks in practice don’t touch each other', async ({ page }) => {
  await open(page, '/lessons/errors')
  await page.getByRole('checkbox', { name: 'Raise HTTPException' }).check()
  await open(page, '/practice?question=12-errors')
  await page.getByRole('button', { name: 'Show the answer' }).click()
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0)
  await page.getByRole('checkbox').nth(1).check()
  await page.getByRole('radio').nth(4).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('heading', { name: 'Saved: 4 excellent' })).toBeVisible()
  await open(page, '/lessons/errors')
  await expect(page.getByRole('checkbox', { name: 'Raise HTTPException' })).toBeChecked()
  await expect(page.locator('#key-points').getByRole('checkbox', { checked: true })).toHaveCount(1)
})

test('the home page and Progress say how a question was said last, and what is due', async ({ page }) => {
  await say(page, '12-errors', 3)
  await open(page, '/')
  const card = page.getByRole('article').filter({ hasText: 'Errors and status codes' })
  await expect(card).toContainText('said: solid, today')
  await card.getByRole('link', { name: /^Say it/ }).click()
  await expect(page).toHaveURL('/practice?question=errors')
  await page.getByText('1 earlier attempt').click()
  await expect(page.getByRole('region', { name: 'What you said before' })).toContainText('3 solid')
  await page.getByRole('link', { name: 'Viva, all questions' }).click()
  await page.getByRole('link', { name: /^\d+ due, \d+ minutes?$/ }).click()
  await expect(page).toHaveURL('/review')
  await page.getByRole('link', { name: 'Progress' }).click()
  await expect(page.getByText('can say 1')).toBeVisible()
  await expect(page.getByRole('row', { name: /Errors and status codes/ })).toContainText('3 solid')
  await expect(page.getByRole('row', { name: /^errors / })).toContainText('%')
})

test('what is being written survives a reload, with its clock', async ({ page }) => {
  await open(page, '/practice?question=08-jwt')
  await page.getByRole('button', { name: 'Start the clock' }).click()
  await page.getByLabel('Your answer').pressSequentially('Signed, not encrypted')
  await page.reload()
  await expect(page.getByLabel('Your answer')).toHaveValue('Signed, not encrypted')
  await expect(page.getByRole('timer')).toBeVisible()
})

test('a level and points go to another browser in a file; imported twice, they count once', async ({
  page,
  browser,
  baseURL,
}, info) => {
  await say(page, '08-jwt', 2, 'Signed, not encrypted')
  await say(page, '12-errors', 4)
  await page.getByRole('link', { name: 'Back to practice' }).click()
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export' }).click()
  const file = info.outputPath('study.json')
  await (await downloading).saveAs(file)

  const other = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage()
  await say(other, '08-jwt', 1)
  await open(other, '/practice')
  const choose = async (content: Buffer | string): Promise<void> => {
    const payload = { name: 'study.json', mimeType: 'application/json', buffer: Buffer.from(content) }
    await other.getByLabel('Study file').setInputFiles(payload)
  }
  await choose(await readFile(file))
  await expect(other.getByText('Imported 2 entries.')).toBeVisible()
  await expect(line(other, /errors or status codes/)).toContainText('4 excellent')
  await choose(await readFile(file))
  await expect(other.getByText('Everything in this file is here already.')).toBeVisible()
  await choose('{"format": "viva-study", "version": 9, "events": []}')
  await expect(other.getByRole('alert').filter({ hasText: /./ })).toHaveText(
    /A newer version of Viva wrote this file/,
  )
  await choose((await readFile(file, 'utf8')).replace('"level": 2', '"level": 7'))
  await expect(other.getByRole('alert').filter({ hasText: /./ })).toHaveText(
    /event 1, “level” is 7; it must be a whole number from 0 to 4/,
  )

  await other.reload()
  await line(other, /What is JWT/)
    .getByRole('link')
    .click()
  await other.getByRole('button', { name: 'Show the answer' }).click()
  await other.getByRole('radio').nth(3).check()
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByRole('region', { name: 'What you said before' }).getByRole('strong')).toHaveCount(3)

  await other.getByRole('link', { name: 'Back to practice' }).click()
  await other.getByRole('button', { name: 'Delete my study data' }).click()
  await other.getByRole('button', { name: 'Delete everything' }).click()
  await expect(other.getByText('Your study data is deleted.')).toBeVisible()
  await other.reload()
  await expect(other.getByText('not said yet')).toHaveCount(17)
  await other.context().close()
})

for (const refusal of REFUSALS) {
  test(`practice works for as long as the page is open, and says so once: storage ${refusal}`, async ({
    page,
  }) => {
    await refuseStorage(page.context(), refusal)
    await say(page, '12-errors', 2, 'Kept nowhere')
    await expect(page.getByText(UNKEPT)).toHaveCount(1)
    await page.getByRole('button', { name: 'Say this one again' }).click()
    await page.getByRole('button', { name: 'Show the answer' }).click()
    await page.getByRole('radio').nth(3).check()
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('region', { name: 'What you said before' }).getByRole('strong')).toHaveCount(
      2,
    )
    await expect(page.getByText(UNKEPT)).toHaveCount(1)
    await page.getByRole('link', { name: 'Back to practice' }).click()
    await expect(line(page, /errors or status codes/)).toContainText('3 solid, today')
    await page.getByRole('button', { name: 'Delete my study data' }).click()
    await page.getByRole('button', { name: 'Delete everything' }).click()
    await expect(page.getByText('not said yet')).toHaveCount(17)
  })
}

test('practice works in a browser whose settings block all site data', async ({ launchOptions, baseURL }) => {
  const { context, close } = await blockedBrowser(launchOptions, baseURL)
  try {
    const page = await context.newPage()
    await say(page, '12-errors', 2)
    await expect(page.getByText(UNKEPT)).toHaveCount(1)
  } finally {
    await close()
  }
})

test('an address of a question that doesn’t exist says so and lists those that do', async ({ page }) => {
  await open(page, '/practice?question=nothing')
  await expect(page.getByText('There is no question “nothing”.')).toBeVisible()
  await expect(page.getByText('not said yet')).toHaveCount(17)
})
