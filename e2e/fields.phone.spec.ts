import { openAsCandidate, openAsHost, openedRoom } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

/** Fields whose text is so small that iOS magnifies the page when they get the focus, by their label. */
async function tooSmall(page: Page): Promise<string[]> {
  return page
    .locator('input:not([type="checkbox"], [type="radio"], [type="range"], [type="file"]), select, textarea')
    .evaluateAll((fields) =>
      fields
        .filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16)
        .map((field) => field.getAttribute('aria-label') ?? field.id ?? field.outerHTML),
    )
}

const PATHS = [
  '/',
  '/lessons/authentication',
  '/lessons/async',
  '/lessons/router-post',
  '/playground',
  '/interview',
  '/interview/new',
  '/join',
  '/playground?operation=create_user_users__post',
]

test('on a touch screen, text in fields is at least 16 pixels, and no page is wider than the screen', async ({
  page,
}) => {
  for (const path of PATHS) {
    await open(page, path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    expect({ path, tooSmall: await tooSmall(page) }).toEqual({ path, tooSmall: [] })
    for (const width of [320, 360, 390, 412, 430]) {
      await page.setViewportSize({ width, height: 844 })
      const found = await page.evaluate(() => document.documentElement.scrollWidth)
      expect({ path, width, found }).toEqual({ path, width, found: width })
    }
  }
  await page.getByRole('textbox', { name: 'JSON body' }).click()
  const editor = page.locator('.cm-content')
  await editor.waitFor()
  expect(await editor.evaluate((text) => parseFloat(getComputedStyle(text).fontSize))).toBeGreaterThanOrEqual(
    16,
  )
})

test('text in the fields of a room is at least 16 pixels on touch screens', async ({
  page,
  browser,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  await openAsHost(page, room)
  await page.getByLabel('Notes on this question').waitFor()
  expect(await tooSmall(page)).toEqual([])
  const candidate = await browser.newPage({
    ...(baseURL === undefined ? {} : { baseURL }),
    hasTouch: true,
    isMobile: true,
  })
  await openAsCandidate(candidate, room)
  await candidate.getByLabel('Your answer').waitFor()
  expect(await tooSmall(candidate)).toEqual([])
  await candidate.close()
})
