import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const panel = (page: Page) => page.getByRole('complementary', { name: 'Playground' })
const pageTop = (page: Page) => page.evaluate(() => Math.round(scrollY))
const panelTop = (page: Page) => panel(page).evaluate(({ scrollTop }) => Math.round(scrollTop))
/** How far the panel can be scrolled. */
const range = (page: Page) =>
  panel(page).evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)

/** What scrolls up and down inside of the panel. */
async function innerScrollers(page: Page): Promise<string[]> {
  return panel(page).evaluate((root) => {
    const all = (from: Element | ShadowRoot): Element[] =>
      [...from.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])])
    return all(root)
      .filter((one) => one.scrollHeight > one.clientHeight + 1)
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowY))
      .map((one) => one.outerHTML.slice(0, 100))
  })
}

test('beside the text, only what is longer than the window scrolls, apart from the text', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 657 })
  await open(page, '/lessons/authentication?step=6')
  await page.keyboard.press('r')
  await expect(panel(page)).toContainText('1 of 1 claims confirmed')
  await expect(panel(page)).toContainText('Body application/json')
  expect(await range(page)).toBe(0)

  await panel(page).getByRole('tab', { name: 'Inside' }).click()
  await expect.poll(() => range(page)).toBeGreaterThan(100)
  await page.evaluate(() => scrollTo({ top: 900, behavior: 'instant' }))
  // To the panel's end, and further: the text stays where it was.
  // What is inside loads by and by, so the end moves.
  await expect(async () => {
    await page.mouse.wheel(0, 2000)
    expect((await range(page)) - (await panelTop(page))).toBeLessThan(2)
  }).toPass()
  await page.mouse.wheel(0, 2000)
  expect(await pageTop(page)).toBe(900)
  await page.mouse.move(200, 400)
  await page.mouse.wheel(0, 300)
  await expect.poll(() => pageTop(page)).toBe(1200)
  expect((await range(page)) - (await panelTop(page))).toBeLessThan(2)

  // From the text, a key leads to the panel, and keys scroll it.
  await page.locator('.text').click({ position: { x: 5, y: 1000 } })
  await expect(panel(page)).toHaveCSS('scrollbar-color', /^rgba\(0, 0, 0, 0\)/)
  const read = await pageTop(page)
  await page.keyboard.press('p')
  await expect(panel(page)).toBeFocused()
  await expect(panel(page)).not.toHaveCSS('scrollbar-color', /^rgba\(0, 0, 0, 0\)/)
  await page.keyboard.press('Home')
  await expect.poll(() => panelTop(page)).toBe(0)
  // A key is lost while the last frame of the scroll before is drawn.
  await expect(async () => {
    await page.keyboard.press('PageDown')
    expect(await panelTop(page)).toBeGreaterThan(100)
  }).toPass()
  expect(await pageTop(page)).toBe(read)
})

test('nothing inside the panel scrolls up and down by itself, and the tabs stay in sight', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 657 })
  await open(page, '/lessons/authentication?step=4')
  await page.getByRole('textbox', { name: 'JSON body' }).click()
  await page.keyboard.press('ControlOrMeta+End')
  for (let line = 0; line < 40; line += 1) await page.keyboard.press('Enter')
  await expect.poll(() => range(page)).toBeGreaterThan(500)
  expect(await innerScrollers(page)).toEqual([])

  // A response that is higher than a screen is cut until someone asks for the rest.
  await open(page, '/lessons/authentication?step=9')
  await page.keyboard.press('r')
  const all = panel(page).getByRole('button', { name: 'Show all', exact: true })
  await expect(all).toBeVisible()
  const cut = await range(page)
  await all.focus()
  await page.keyboard.press('Enter')
  await expect(all).toHaveCount(0)
  await expect.poll(() => range(page)).toBeGreaterThan(cut + 200)
  for (const name of ['Response', 'Inside', 'Store', 'Token', 'History']) {
    await page.getByRole('tab', { name }).click()
    await expect(page.getByText(/^Loading/)).toHaveCount(0)
    expect(await innerScrollers(page), name).toEqual([])
    await panel(page).evaluate((root) => root.scrollTo(0, root.scrollHeight))
    await expect(page.getByRole('tablist'), name).toBeInViewport({ ratio: 1 })
  }
})
