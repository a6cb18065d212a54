import { openAsCandidate, openAsHost, openedRoom } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

// High contrast themes take all grounds and shadows away. What is chosen must still look other than what isn't.

test.beforeEach(({ page }) => page.emulateMedia({ forcedColors: 'active' }))

const CHOSEN = [
  '[aria-selected="true"]',
  '[aria-pressed="true"]',
  '[aria-current]:not([aria-current="false"], .brand)',
  '.links .router-link-active',
  'input[type="radio"]:checked + span',
  '.line.is-lit',
]

/**
 * Chosen things that look like one beside them that isn't chosen, as HTML, and how many were compared. Font weight doesn't
 * count: no one sees it without the other one next to it.
 */
async function alike(page: Page): Promise<{ compared: number; alike: string[] }> {
  return page.evaluate((selectors) => {
    const chosen = [...document.querySelectorAll<HTMLElement>(selectors.join(','))].filter(
      (element) => element.checkVisibility() && element.closest('dialog:modal, body:not(:has(dialog:modal))'),
    )
    const look = (element: Element): string => {
      // Behind a transparent ground is that of a parent.
      let behind: Element | null = element
      const ground = () => (behind === null ? '' : getComputedStyle(behind).backgroundColor)
      while (ground().startsWith('rgba') && ground().endsWith(', 0)')) behind = behind?.parentElement ?? null
      return [ground(), getComputedStyle(element).color].join(' on ')
    }
    const isChosen = (element: Element) => element.closest(selectors.join(',')) !== null
    let compared = 0
    const same = chosen.filter((element) => {
      let group: Element | null = element.parentElement
      let others: Element[] = []
      for (let level = 0; group !== null && level < 4 && others.length === 0; level += 1) {
        others = [...group.querySelectorAll(element.tagName)].filter((other) => !isChosen(other))
        group = group.parentElement
      }
      const [other] = others
      if (other === undefined) return false
      compared += 1
      return look(element) === look(other)
    })
    return { compared, alike: same.map(({ outerHTML }) => outerHTML.slice(0, 120)) }
  }, CHOSEN)
}

async function expectChosenToDiffer(page: Page, least: number): Promise<void> {
  const { compared, alike: same } = await alike(page)
  expect(same).toEqual([])
  expect(compared).toBeGreaterThanOrEqual(least)
}

test('filters and pages of the site', async ({ page }) => {
  await open(page, '/')
  await page.getByRole('button', { name: 'Starter' }).click()
  await expectChosenToDiffer(page, 2)
})

test('the result that Enter would open', async ({ page }) => {
  await open(page, '/')
  await page.keyboard.press('/')
  await page.getByRole('dialog').getByRole('option').nth(16).waitFor()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toHaveCount(1)
  await expectChosenToDiffer(page, 1)
})

test('steps, tabs, languages, callers, steps of a trace and the lines they highlight', async ({ page }) => {
  await open(page, '/lessons/errors')
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await page.getByRole('tab', { name: 'Inside' }).click()
  await page
    .getByRole('button', { name: /get_user/ })
    .first()
    .click()
  await page.locator('.is-lit').first().waitFor()
  await expectChosenToDiffer(page, 6)
  // No bar where nothing is chosen.
  const bars = await page.locator('main .line:not(.is-lit)').evaluateAll((lines) => {
    const page = getComputedStyle(document.documentElement).backgroundColor
    return lines.map((line) => getComputedStyle(line).borderLeftColor === page)
  })
  expect(new Set(bars)).toEqual(new Set([true]))
})

test('tree or raw, operations, and colours that mean something', async ({ page }) => {
  await open(page, '/playground?operation=read_me_users_me_get')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: 'Raw' }).click()
  await expectChosenToDiffer(page, 4)
  await page.getByRole('tab', { name: 'Inside' }).click()
  const dots = page.locator('li button:not([aria-current]) .dot')
  await dots.first().waitFor()
  const colours = await dots.evaluateAll((all) => all.map((dot) => getComputedStyle(dot).backgroundColor))
  expect(new Set(colours).size).toBeGreaterThan(3)
  await open(page, '/lessons/async')
  await page.getByRole('button', { name: /^3 ?, / }).click()
  await page.getByRole('button', { name: /^Run step 3/ }).click()
  const keys = page.locator('.key')
  await expect(keys).toHaveCount(2)
  const grounds = await keys.evaluateAll((all) => all.map((key) => getComputedStyle(key).backgroundColor))
  expect(new Set(grounds).size).toBe(2)
})

test('the room of the interviewer and of the candidate', async ({ page, browser, baseURL }) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  await openAsHost(page, room)
  await page.getByRole('button', { name: '3 solid' }).click()
  await expect(page.getByRole('button', { name: '3 solid' })).toHaveAttribute('aria-pressed', 'true')
  await expectChosenToDiffer(page, 2)
  const candidate = await browser.newPage({
    ...(baseURL === undefined ? {} : { baseURL }),
    forcedColors: 'active',
  })
  await openAsCandidate(candidate, room)
  await candidate.getByRole('button', { name: 'Send', exact: true }).click()
  await candidate.getByRole('tab', { name: 'Response' }).waitFor()
  await expectChosenToDiffer(candidate, 2)
  await candidate.close()
})
