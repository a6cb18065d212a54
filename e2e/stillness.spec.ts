import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const PAGES = [
  '/',
  '/about',
  '/practice',
  '/practice/quiz',
  '/practice/tasks',
  '/practice/mock',
  '/no/such/page',
  '/lessons/async?step=3',
  '/playground',
  '/playground?lesson=08-jwt&step=3',
  '/playground?operation=create_user_users__post',
]

/** Keeps the sum of all layout shifts, those right after a click included, in the page. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const sums = window as unknown as { shift: number; from: number; moved: string[] }
    Object.assign(sums, { shift: 0, from: 0, moved: [] })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.startTime < sums.from) continue
        const { value, sources } = entry as unknown as { value: number; sources: { node: Element | null }[] }
        sums.shift += value
        sums.moved.push(...sources.map(({ node }) => node?.outerHTML?.slice(0, 120) ?? 'a text'))
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}
const shift = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { shift: number }).shift)
/** What moved, for the message of a failure. */
const moved = (page: Page): Promise<string> =>
  page.evaluate(() => (window as unknown as { moved: string[] }).moved.join('\n'))

for (const [device, width, height] of [
  ['a desktop', 1440, 900],
  ['a phone', 390, 844],
] as const) {
  test(`nothing moves while a page hydrates, on ${device}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await watchShifts(page)
    for (const path of PAGES) {
      await open(page, path)
      await page.waitForLoadState('networkidle')
      expect(await shift(page), `${path}\n${await moved(page)}`).toBeLessThan(0.002)
    }
  })

  test(`nothing moves when responses arrive, on ${device}`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await watchShifts(page)
    await open(page, '/lessons/authentication')
    if (width < 1024) await page.getByRole('link', { name: 'Playground', exact: true }).last().click()
    let respond: () => void = () => undefined
    const wanted = new Promise<void>((resolve) => (respond = resolve))
    await page.route('**/login', async (route) => {
      await wanted
      await route.continue()
    })
    await page.getByRole('button', { name: 'Run all' }).click()
    // The request folds with the click. What counts is everything after that.
    await expect(page.getByRole('button', { name: 'Edit the request' })).toBeVisible()
    await page.evaluate(async () => {
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
      Object.assign(window, { shift: 0, from: performance.now() })
    })
    respond()
    await expect(page.locator('.steps .number').last()).toHaveAttribute('data-state', 'held')
    await expect(page.getByRole('button', { name: 'Run all' })).toBeVisible()
    expect(await shift(page), `a lesson, all steps\n${await moved(page)}`).toBeLessThan(0.002)
    await open(page, '/playground?operation=create_user_users__post')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.locator('.status')).toHaveText('201 Created')
    expect(await shift(page), 'a request of one’s own').toBeLessThan(0.002)
  })
}
