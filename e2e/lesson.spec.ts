import { open, withoutPredictions } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

const LAPTOP = { width: 1366, height: 657 }
const run = (page: Page) => page.getByRole('button', { name: /^Run step / })
const panel = (page: Page) => page.getByRole('complementary')
const focusIsLost = (page: Page) => page.evaluate(() => document.activeElement === document.body)

test('on a laptop, what just happened is on the screen after a run, in every lesson', async ({
  page,
  request,
}) => {
  test.slow()
  await page.setViewportSize(LAPTOP)
  const lessons = (await (await request.get('/interview-questions.json')).json()) as { slug: string }[]
  for (const { slug } of lessons) {
    await open(page, `/lessons/${slug}`)
    await run(page).click()
    await expect(page.locator('.status'), slug).toBeVisible()
    await expect(page.locator('.status'), slug).toBeInViewport({ ratio: 1 })
    await expect(page.locator('.claims li').first(), slug).toBeInViewport({ ratio: 1 })
    await expect(page.getByRole('tablist'), slug).toBeInViewport({ ratio: 1 })
    const top = (await page.getByRole('tabpanel').boundingBox())?.y ?? Infinity
    expect(top, slug).toBeLessThan(LAPTOP.height - 40)
  }
})

test('steps have numbers and, once they ran, the status that they got', async ({ page }) => {
  await open(page, '/lessons/authentication')
  const steps = page.getByRole('list', { name: 'Steps', exact: true }).getByRole('listitem')
  await expect(steps.nth(1)).toHaveText(/^2, The wrong password, POST, not run$/)
  await page.getByRole('button', { name: 'Run all' }).click()
  const statuses = async () => (await steps.allTextContents()).map((text) => /\d{3}(?=✓)/.exec(text)?.[0])
  await expect.poll(statuses).toEqual('200 401 401 422 200 401 401 403 200'.split(' '))
})

test('a request that was sent is one line; a click opens it, and it stays open while it is edited', async ({
  page,
}) => {
  await open(page, '/lessons/pydantic-models')
  await run(page).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('.status')).toBeVisible()
  const line = page.getByRole('button', { name: 'Edit the request' })
  await expect(line).toContainText('/users/')
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveCount(0)
  await expect(run(page)).toBeFocused()
  await line.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Path' })).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(run(page)).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Path' })).toBeFocused()
  await page.getByRole('textbox', { name: 'JSON body' }).click()
  await expect(page.locator('.cm-content')).toBeFocused()
  await page.keyboard.press('Control+Enter')
  await expect(run(page)).toBeVisible()
  expect(await focusIsLost(page)).toBe(false)
  await expect(page.locator('.cm-content')).toBeVisible()
  await expect(page.locator('.status')).toBeInViewport({ ratio: 1 })
})

test('a number says what it proves, lights its claim, and stays a number once it is proved; nothing moves', async ({
  page,
}) => {
  await withoutPredictions(page)
  await open(page, '/lessons/errors')
  const number = page.getByRole('link', { name: 'Proved by step 1' }).first()
  await number.hover()
  const card = page.getByRole('tooltip')
  await expect(card).toContainText('Step 1: Ask for a user who doesn’t exist')
  await expect(card).toContainText('Not confirmed yet')
  await expect(page.locator('.claims .is-pointed')).not.toHaveCount(0)
  await page.getByRole('heading', { level: 1 }).hover()
  await expect(card).toHaveCount(0)
  await expect(page.locator('.is-pointed')).toHaveCount(0)
  await number.focus()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Tab')
  await expect(number).toHaveAccessibleDescription(/An unknown id gets a 404/)
  await page.keyboard.press('Escape')
  await expect(card).toHaveCount(0)
  await page.locator('.claims li').first().hover()
  await expect(page.locator('article .claim.is-pointed').first()).toBeVisible()

  const places = () =>
    page
      .locator('article :is(p, li, .claim-ref)')
      .evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())))
  const before = await places()
  await run(page).click()
  const proved = page.getByRole('link', { name: 'Confirmed by step 1' }).first()
  await expect(proved).toBeVisible()
  await expect(proved).toContainText('1')
  expect(await places()).toEqual(before)
})

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`a tick flies from a confirmed claim to its sentence, unless motion is reduced: ${reducedMotion}`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion })
    await open(page, '/lessons/errors')
    await page.evaluate(() => {
      const flown: string[] = []
      Object.assign(window, { flown })
      new MutationObserver((changes) => {
        for (const node of changes.flatMap(({ addedNodes }) => [...addedNodes]))
          if (node instanceof HTMLElement && node.className === 'claim-tick') flown.push(node.className)
      }).observe(document.body, { childList: true })
    })
    await run(page).click()
    await expect(page.getByRole('link', { name: 'Confirmed by step 1' }).first()).toBeVisible()
    const flown = () => page.evaluate(() => (window as unknown as { flown: string[] }).flown.length)
    if (reducedMotion === 'reduce') expect(await flown()).toBe(0)
    else await expect.poll(flown).toBeGreaterThan(0)
    await expect(page.locator('.claim-tick')).toHaveCount(0)
  })
}

test('p goes to the playground and back, n to the next step, r runs it; none acts in a field', async ({
  page,
}) => {
  await open(page, '/lessons/errors')
  await expect(run(page)).toBeVisible()
  const link = page.getByRole('link', { name: 'Proved by step 1' }).first()
  await link.focus()
  await page.keyboard.press('p')
  await expect(panel(page)).toBeFocused()
  await page.keyboard.press('p')
  await expect(link).toBeFocused()
  await page.keyboard.press('n')
  await expect(page).toHaveURL(/\?step=existing-user$/)
  await expect(page.locator('.response-side > [role="status"]')).toHaveText(
    'Step 2: Ask for a user who exists',
  )
  await page.keyboard.press('r')
  await expect(page.locator('.status')).toHaveText('200 OK')
  await expect(link).toBeFocused()
  await page.getByRole('button', { name: 'Edit the request' }).click()
  await page.keyboard.press('End')
  await page.keyboard.type('nrp')
  await expect(page.getByRole('textbox', { name: 'Path' })).toHaveValue('/users/1nrp')
  await expect(page).toHaveURL(/\?step=existing-user$/)
  await page.getByRole('heading', { level: 1 }).click()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  for (const does of ['To the playground, and back to the text', 'Next step', 'Run the step'])
    await expect(sheet).toContainText(does)
  await sheet.getByLabel(/Use single letters as shortcuts/).uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page.keyboard.press('p')
  await expect(page).toHaveURL(/\?step=existing-user$/)
  await expect(panel(page)).not.toBeFocused()
})

test('g p still opens the full-page playground from a lesson, and p does nothing elsewhere', async ({
  page,
}) => {
  await open(page, '/lessons/errors')
  await page.keyboard.press('g')
  await page.keyboard.press('p')
  await expect(page).toHaveURL('/playground')
  await page.keyboard.press('n')
  await page.keyboard.press('r')
  await expect(page).toHaveURL('/playground')
  await expect(page.locator('.status')).toHaveCount(0)
})

test('from 1400 pixels on the playground has two columns, and the text keeps its measure', async ({
  page,
}) => {
  await open(page, '/lessons/authentication')
  await expect(run(page)).toBeVisible()
  for (const [width, columns] of [
    [1366, 1],
    [1400, 2],
    [1920, 2],
    [2560, 2],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    const [steps, result] = await Promise.all([
      page.locator('.steps').boundingBox(),
      page.getByRole('tablist').boundingBox(),
    ])
    const beside = (result?.x ?? 0) >= (steps?.x ?? 0) + (steps?.width ?? Infinity)
    expect(beside ? 2 : 1, `${width}`).toBe(columns)
    const text = (await page.locator('#why .prose').boundingBox())?.width ?? 0
    expect(text, `${width}`).toBeLessThanOrEqual(640)
    if (columns === 2) expect(text, `${width}`).toBeGreaterThanOrEqual(600)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
  }
})

test('in two columns, the steps stay in sight beside a response that is scrolled', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await open(page, '/lessons/router-post')
  await run(page).click()
  await page.getByRole('tab', { name: 'Inside' }).click()
  await page.getByRole('button', { name: 'create_user' }).click()
  await expect(page.locator('.is-lit').first()).toBeVisible()
  const scrolled = await panel(page).evaluate((root) => {
    root.scrollTo(0, root.scrollHeight)
    return root.scrollTop
  })
  expect(scrolled).toBeGreaterThan(100)
  await expect(run(page)).toBeInViewport({ ratio: 1 })
})

test('no text is smaller than 13 pixels', async ({ page }) => {
  const tooSmall = () =>
    page.evaluate(() => {
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const found = new Set<string>()
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const element = node.parentElement
        if (!element?.checkVisibility() || (node.textContent ?? '').trim() === '') continue
        if (element.closest('script, style, .visually-hidden, sup, sub')) continue
        const scale = element instanceof SVGElement ? (element.ownerSVGElement?.getScreenCTM()?.a ?? 1) : 1
        const size = parseFloat(getComputedStyle(element).fontSize) * scale
        if (size < 12.99) found.add(`${size} ${element.outerHTML.slice(0, 80)}`)
      }
      return [...found]
    })
  for (const path of ['/', '/lessons/database-connection', '/lessons/authentication']) {
    await open(page, path)
    if (path !== '/') {
      await page.locator('article details').evaluateAll((folds) => {
        for (const fold of folds) (fold as HTMLDetailsElement).open = true
      })
      await run(page).click()
      await expect(page.locator('.status')).toBeVisible()
      for (const name of ['Response', 'Inside', 'Store', 'Token', 'History']) {
        await page.getByRole('tab', { name }).click()
        await expect(page.getByText(/^Loading/)).toHaveCount(0)
        expect(await tooSmall(), `${path} ${name}`).toEqual([])
      }
    }
    expect(await tooSmall(), path).toEqual([])
  }
  await open(page, '/lessons/async-or-def?step=2')
  await run(page).click()
  await expect(page.getByRole('img', { name: /requests for/ })).toBeVisible()
  expect(await tooSmall()).toEqual([])
})
