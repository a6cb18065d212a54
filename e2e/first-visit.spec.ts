import { open } from './support/page.ts'
import { REFUSALS, refuseStorage } from './support/site-data.ts'
import { expect, test, type Page } from './support/test.ts'

const hint = (page: Page) => page.getByRole('note', { name: 'Hint' })

test('a first visit gets three hints, each where it helps and once', async ({ page }) => {
  await open(page, '/lessons/errors')
  await expect(hint(page)).toContainText('A number after a sentence')
  await hint(page).getByRole('button', { name: 'Got it' }).focus()
  await page.keyboard.press('Enter')
  await expect(hint(page)).toHaveCount(0)
  await expect(page.locator('.claim-ref:focus')).toHaveCount(1)
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await expect(hint(page)).toContainText('Open Inside')
  await page.getByRole('tab', { name: 'Inside' }).click()
  await page.getByRole('list', { name: 'Steps, in order' }).locator('[aria-current]').click()
  await expect(hint(page)).toContainText('These are the lines that ran')
  await hint(page).getByRole('button', { name: 'Got it' }).click()
  await expect(hint(page)).toHaveCount(0)
  await page.reload()
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await expect(page.locator('.status')).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(hint(page)).toHaveCount(0)
})

for (const refusal of REFUSALS) {
  test(`without storage the hints come once a page: ${refusal}`, async ({ page }) => {
    await refuseStorage(page.context(), refusal)
    await open(page, '/lessons/errors')
    await expect(hint(page)).toContainText('A number after a sentence')
    await hint(page).getByRole('button', { name: 'Got it' }).click()
    await page.getByRole('link', { name: /^Next/ }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/advantages of FastAPI/)
    await page.waitForLoadState('networkidle')
    await expect(hint(page)).toHaveCount(0)
  })
}

test('the first page proves a sentence with one click, and the lesson shows what happened inside', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1366, height: 657 })
  const scripts: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(new URL(request.url()).pathname)
  })
  await open(page, '/')
  await page.waitForLoadState('networkidle')
  expect(scripts.filter((path) => /run-original|PlaygroundPanel/.test(path))).toEqual([])
  const proof = page.getByRole('region', { name: 'One sentence of an answer, and its proof' })
  const button = proof.getByRole('button', { name: 'Prove it' })
  await expect(button).toBeInViewport({ ratio: 1 })
  const before = await proof.boundingBox()
  await button.focus()
  await page.keyboard.press('Enter')
  await expect(proof.getByRole('status')).toHaveText(
    /^422 Unprocessable Content, (\d) of \1 claims confirmed$/,
  )
  await expect(button).toBeFocused()
  await expect(proof).toBeInViewport({ ratio: 1 })
  expect(await proof.boundingBox()).toEqual(before)
  await expect(page.getByText('statements you have seen proved')).toBeVisible()
  await expect(page.locator('.progress .count')).toHaveText(/^[1-9]\d*\//)
  await proof.getByRole('link', { name: 'See what happened inside' }).click()
  await expect(page.locator('.status')).toHaveText('422 Unprocessable Content')
  await page.getByRole('tab', { name: 'Inside' }).click()
  await expect(page.getByRole('list', { name: 'Steps, in order' })).toBeVisible()
})

test('the first page says so when its request gets no answer', async ({ page, context }) => {
  await open(page, '/')
  await page.waitForLoadState('networkidle')
  const proof = page.getByRole('region', { name: 'One sentence of an answer, and its proof' })
  await context.setOffline(true)
  await proof.getByRole('button', { name: 'Prove it' }).click()
  await expect(proof.getByRole('status')).toContainText('Is the server running?')
  await context.setOffline(false)
  await proof.getByRole('button', { name: 'Prove it' }).click()
  await expect(proof.getByRole('status')).toContainText('422')
})
