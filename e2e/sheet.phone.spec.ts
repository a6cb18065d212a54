import { faultsOf } from './support/axe.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const sheet = (page: Page) => page.getByRole('complementary', { name: 'Playground' })
const scrolled = (page: Page) => page.evaluate(() => scrollY)

/** Taps a number in the middle of the lesson. @returns where the reader was */
async function openFromText(page: Page): Promise<number> {
  await open(page, '/lessons/authentication')
  const number = page.locator('#why .claim-ref, #today .claim-ref').last()
  await number.scrollIntoViewIfNeeded()
  await page.evaluate(() => scrollBy(0, 37))
  const place = await scrolled(page)
  expect(place).toBeGreaterThan(300)
  const hint = page.getByRole('note', { name: 'Hint' })
  await expect(hint).toContainText('A number after a sentence')
  await number.tap()
  await expect(sheet(page)).toBeFocused()
  // It is about the text, which the sheet covers.
  await expect(hint).toHaveCount(0)
  await expect(sheet(page).getByRole('button', { name: /^Run step / })).toBeInViewport()
  return place
}

const closings: Record<string, (page: Page) => Promise<unknown>> = {
  'the button': (page) => page.getByRole('button', { name: 'Back to the text' }).tap(),
  Escape: (page) => page.keyboard.press('Escape'),
  Back: (page) => page.goBack(),
  'the key p': (page) => page.keyboard.press('p'),
}

for (const [name, close] of Object.entries(closings)) {
  test(`the playground is a sheet over the text, and closing it with ${name} is where one was`, async ({
    page,
  }) => {
    const place = await openFromText(page)
    await expect(page.getByRole('article')).toHaveJSProperty('inert', true)
    await close(page)
    await expect(sheet(page)).toHaveCount(0)
    await expect(page.locator('.claim-ref:focus')).toHaveCount(1)
    await expect.poll(() => scrolled(page)).toBe(place)
    await expect(page).not.toHaveURL(/#playground/)
    // The page scrolls and works as before.
    await page.getByRole('link', { name: 'Playground', exact: true }).last().tap()
    await expect(sheet(page)).toBeVisible()
    await page.goBack()
    await expect(sheet(page)).toHaveCount(0)
    await expect.poll(() => scrolled(page)).toBe(place)
  })
}

test('a step that is selected and run in the sheet stays selected when Back closes it', async ({ page }) => {
  const place = await openFromText(page)
  await sheet(page)
    .getByRole('button', { name: /^2 ?, / })
    .tap()
  await sheet(page)
    .getByRole('button', { name: /^Run step 2/ })
    .tap()
  await expect(page.locator('.status')).toHaveText('401 Unauthorized')
  await expect(page.locator('.status')).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('tablist')).toBeInViewport()
  await page.goBack()
  await expect(sheet(page)).toHaveCount(0)
  await expect(page).toHaveURL(/\?step=wrong-password$/)
  await expect.poll(() => scrolled(page)).toBe(place)
})

test('an address that names the playground opens the sheet, and closing it stays in the lesson', async ({
  page,
}) => {
  await open(page, '/lessons/authentication?step=3#playground')
  await expect(sheet(page)).toBeInViewport()
  await page.getByRole('button', { name: 'Back to the text' }).tap()
  await expect(sheet(page)).toHaveCount(0)
  await expect(page).toHaveURL('/lessons/authentication?step=3')
})

test('Escape in a dialog over the sheet closes the dialog alone', async ({ page }) => {
  await openFromText(page)
  await page.getByRole('button', { name: 'Paste curl' }).tap()
  await expect(page.getByRole('dialog')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(sheet(page)).toBeVisible()
})

test('axe finds nothing in the open sheet, after a run, with a step inside', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await openFromText(page)
  await sheet(page)
    .getByRole('button', { name: /^Run step / })
    .tap()
  await page.getByRole('tab', { name: 'Inside' }).tap()
  await expect(page.getByRole('region', { name: 'Selected step' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
})
