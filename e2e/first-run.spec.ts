import { holdCode, filesOf } from './support/code-rounds.ts'
import { open, openBusy } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

/** Waits until everything is here that comes when the page is idle. */
async function idle(page: Page, ...parts: string[]): Promise<void> {
  await page.waitForFunction((names) => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name)
    return names.every((part) => loaded.some((name) => new RegExp(`/${part}-[^/]*\\.js$`).test(name)))
  }, parts)
  await page.waitForLoadState('networkidle')
}

test('once the page is idle, the first run loads no further code', async ({ page }) => {
  await open(page, '/lessons/authentication?step=1')
  await idle(page, 'AnswerView', 'CheckTable', 'first-request', 'tie-claim', 'FirstHints')
  const code: string[] = []
  page.on('request', (request) => {
    if (['script', 'stylesheet'].includes(request.resourceType())) code.push(new URL(request.url()).pathname)
  })
  await page.getByRole('button', { name: /^Run step 1$/ }).click()
  await expect(page.getByText('3 of 3 claims confirmed', { exact: true })).toBeVisible()
  await page.locator('.claims summary').first().click()
  await expect(page.locator('.claims table').first()).toBeVisible()
  expect(code).toEqual([])
})

test('search and the list of keys open after the server has gone', async ({ page, context }) => {
  await open(page, '/lessons/authentication')
  await idle(page, 'SearchDialog', 'KeysDialog')
  await context.setOffline(true)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
})

/** Where something is run for the first time, and the modules that show what came of it. */
const FIRST_RUNS = {
  'a step, by its key': {
    path: '/lessons/errors?step=1',
    modules: ['run/run.ts', 'answer/AnswerHead.vue', 'answer/AnswerView.vue', 'answer/CheckTable.vue'],
    run: async (page: Page) => {
      // The panel, and its keys with it, is there once it is alive.
      await expect(page.getByRole('button', { name: /^Run step 1/ })).toBeVisible()
      await page.keyboard.press('r')
    },
  },
  'the proof on the home page': {
    path: '/',
    modules: ['run/run-original.ts'],
    run: (page: Page) => page.getByRole('button', { name: 'Prove it' }).click(),
  },
}

for (const [what, { path, modules, run }] of Object.entries(FIRST_RUNS)) {
  test(`the first run waits for one round of code, even on a page that is never idle: ${what}`, async ({
    page,
  }) => {
    await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }))
    await openBusy(page, path)
    await page.waitForLoadState('networkidle')
    const code = await holdCode(page)
    const needed = await filesOf(modules.map((name) => `web/playground/${name}`))
    await run(page)
    // All of it is requested before any of it has arrived, and nothing that is requested later is waited for.
    await expect.poll(() => code.missing(needed)).toEqual([])
    await code.release()
    await expect(page.getByText(/(\d) of \1 claims? confirmed/).first()).toBeVisible()
  })
}
