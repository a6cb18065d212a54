import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

/** Writes down everything that live regions say from now on. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    const say = (node: Node | null): void => {
      const element = node instanceof Element ? node : node?.parentElement
      const region = element?.closest('[role="status"], [role="alert"], [aria-live]')
      const text = region?.textContent?.trim() ?? ''
      if (text !== '' && heard.at(-1) !== text) heard.push(text)
    }
    new MutationObserver((changes) => changes.forEach(({ target }) => say(target))).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    })
  })
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard)
}

test('a run from the keyboard keeps focus where it was, and Enter runs it again', async ({ page }) => {
  await open(page, '/lessons/errors?step=1')
  const run = page.getByRole('button', { name: /^Run step 1$/ })
  await run.focus()
  for (let time = 1; time <= 2; time += 1) {
    const answered = page.waitForResponse((response) => response.url().includes('/users/'))
    await page.keyboard.press('Enter')
    await answered
    await expect(page.locator('.response-side > [role="status"]')).toHaveText(
      '404 Not Found, 2 of 2 claims confirmed',
    )
    await expect(run).toBeFocused()
  }
})

test('Run and Run all keep focus while they run and afterwards @firefox', async ({ page }) => {
  await open(page, '/lessons/errors?step=1')
  for (const [name, done] of [
    [/^Run step 1/, '404 Not Found, 2 of 2 claims confirmed'],
    ['Run all', /^All \d+ steps ran/],
  ] as const) {
    await page.getByRole('button', { name }).focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('.response-side > [role="status"]')).toHaveText(done)
    await expect(page.getByRole('button', { name })).toBeFocused()
  }
})

test('Run all announces one total at its end, and only failures before', async ({ page }) => {
  await open(page, '/lessons/authentication')
  const heard = await listen(page)
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.locator('.response-side > [role="status"]')).toHaveText(
    'All 9 steps ran, 14 of 14 claims confirmed.',
  )
  expect(await heard()).toEqual(['All 9 steps ran, 14 of 14 claims confirmed.'])
})

test('a step that fails during Run all is reported at once', async ({ page }) => {
  await open(page, '/lessons/authentication')
  const heard = await listen(page)
  await page.route('**/users/me', (route) => route.fulfill({ status: 418, json: {} }))
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.locator('.response-side > [role="status"]')).toHaveText(
    /^All 9 steps ran, \d+ of 14 claims confirmed\.$/,
  )
  const said = await heard()
  expect(said.length).toBeGreaterThan(1)
  for (const sentence of said.slice(0, -1)) expect(sentence).toMatch(/: 418 .*, \d of \d claims confirmed$/)
})

test('no button of the playground disables itself while something runs', async ({ page }) => {
  await open(page, '/lessons/errors?step=1')
  let release = (): void => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/users/**', async (route) => {
    await held
    await route.continue()
  })
  await page.getByRole('button', { name: /^Run step 1$/ }).click()
  // The other one is beside the steps: it began as Run all.
  await expect(page.getByRole('button', { name: 'Stop' }).last()).toBeFocused()
  await expect(page.locator('.playground button:disabled')).toHaveCount(0)
  // A second run does nothing but wait.
  await page.keyboard.press('r')
  release()
  await expect(page.locator('.response-side > [role="status"]')).toHaveText(
    '404 Not Found, 2 of 2 claims confirmed',
  )
})
