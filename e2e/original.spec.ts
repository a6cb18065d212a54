import { leaveOut } from '../scripts/leave-out.mjs'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('who doubts a sentence changes the line that it is about, and the claim turns red @firefox', async ({
  page,
}) => {
  const { state } = (await (await page.request.get('/api/original')).json()) as { state: string }
  if (state !== 'ready') {
    leaveOut(`FastAPI in the tab was not tried in a browser: it is ${state} here (npm run original)`)
    test.skip()
  }
  test.slow()
  await open(page, '/original?lesson=middleware&file=main.py&line=67')
  await page.getByRole('button', { name: /^Start FastAPI \(\d\.\d MB\)$/ }).click()
  const claim = page.locator('[data-claim="last-is-outermost"]')
  await expect(claim).toHaveAttribute('data-state', 'held', { timeout: 120_000 })

  const line = page.locator('.cm-line', { hasText: 'app.add_middleware(AccessLogMiddleware)' })
  await line.click()
  await page.keyboard.press('End')
  await page.keyboard.type('; full = [bytearray(10**8) for _ in range(9)]')
  await page.keyboard.press('Control+Enter')
  const status = page.getByRole('status').filter({ hasText: 'The project doesn’t start: MemoryError.' })
  await expect(status).toBeVisible()
  await page.getByRole('button', { name: 'Reset all' }).click()

  await line.click()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('Control+Enter')
  await expect(claim).toHaveAttribute('data-state', 'failed')
  await expect(claim).toContainText('No longer true.')

  await page.getByRole('button', { name: 'What I changed (1)' }).click()
  await expect(page.getByRole('group', { name: 'What changed in main.py' })).toContainText(
    'app.add_middleware(AccessLogMiddleware)',
  )

  await page.getByRole('button', { name: /^Step through/ }).click()
  const steps = page.getByRole('region', { name: 'Step through the lines that ran' })
  await steps.getByRole('slider').press('End')
  await expect(steps).toContainText(/(\d+) of \1/)

  await page.getByRole('button', { name: 'Reset all' }).click()
  await page.getByRole('button', { name: /^Run again/ }).click()
  await expect(claim).toHaveAttribute('data-state', 'held')

  // The facts run in it, too: as they were recorded, then as the learner changes them.
  await page.getByRole('link', { name: 'Facts can be run, too.' }).click()
  await page.getByRole('link', { name: 'create_engine() connects to nothing.' }).click()
  await expect(page.getByText('It prints what was recorded, line for line.')).toBeVisible()
  const now = page.getByRole('list', { name: 'What it prints now' })
  await page.locator('.cm-line', { hasText: 'print("create_engine(): a file:"' }).click()
  await page.keyboard.press('Home')
  await page.keyboard.type('1 / 0 # ')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('button', { name: 'fact.py, line 7' })).toBeVisible()
  await expect(now).toBeHidden()
  await page.getByRole('button', { name: 'Reset', exact: true }).click()
  await page.getByRole('button', { name: /^Run again/ }).click()
  await expect(now).toContainText('first connection: unable to open database file')
})
