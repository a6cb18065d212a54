import { chromium } from '@playwright/test'
import { hostPath, seatPath } from '../server/interview/testing/room-client.ts'
import { openedRoom } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

const PAGES = [
  '/',
  '/lessons/authentication',
  '/lessons/jwt',
  '/playground',
  '/about',
  '/practice',
  '/practice/quiz',
  '/practice/tasks?task=12-errors/router-404',
  '/review',
  '/progress',
  '/cheat-sheet',
  '/glossary',
  '/nowhere',
  '/interview',
  '/interview/new',
  '/join',
]

/** Browsers whose text is set larger than the usual 16 px. */
const SETTINGS = [
  { name: 'twice as large on a laptop', width: 1366, textPx: 32 },
  { name: 'half as large again on a phone', width: 390, textPx: 24 },
]

/** Which links and buttons of the header overlap or reach out of it. */
function headerFaults(): string[] {
  const header = document.querySelector('.page-header')
  const controls = [...(header?.querySelectorAll('a, button') ?? [])]
    .filter((control) => control.getClientRects().length > 0)
    .map((control) => ({
      name: control.getAttribute('aria-label') ?? control.textContent,
      box: control.getBoundingClientRect(),
    }))
  const whole = header?.getBoundingClientRect()
  const outside = controls.filter(
    ({ box }) => whole && (box.top < whole.top || box.bottom > whole.bottom || box.right > whole.right),
  )
  const overlapping = controls.filter(({ box }, place) =>
    controls
      .slice(0, place)
      .some(
        ({ box: other }) =>
          box.left < other.right &&
          other.left < box.right &&
          box.top < other.bottom &&
          other.top < box.bottom,
      ),
  )
  return [...outside, ...overlapping].map(({ name }) => name)
}

for (const { name, width, textPx } of SETTINGS) {
  test(`text set ${name} fits the page`, async ({ launchOptions, baseURL }) => {
    const args = [...(launchOptions.args ?? []), `--blink-settings=defaultFontSize=${textPx}`]
    const browser = await chromium.launch({ ...launchOptions, args })
    const page = await browser.newPage({ viewport: { width, height: 800 }, baseURL: baseURL ?? '' })
    const room = await openedRoom(baseURL)
    await room.host({ type: 'go-to', question: 'q1' })
    for (const path of [...PAGES, hostPath(room), seatPath(room)]) {
      await open(page, path)
      const sizePx = await page.evaluate(() =>
        parseFloat(getComputedStyle(document.documentElement).fontSize),
      )
      expect(sizePx, path).toBeGreaterThan(0.9 * textPx)
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(width)
      expect(await page.evaluate(headerFaults), path).toEqual([])
    }
    await browser.close()
  })
}
