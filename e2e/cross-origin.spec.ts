import { faultsOf } from './support/axe.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

async function run(page: Page, title: string): Promise<void> {
  const steps = page.getByRole('list', { name: 'Steps', exact: true })
  await steps.getByRole('button', { name: title }).click()
  await expect(steps.locator('[aria-current="step"]')).toContainText(title)
  await page.getByRole('button', { name: /^Run step / }).click()
}

test('a stranger’s form is handled but its response hidden, its JSON is stopped by the preflight, and the allowed origin may read', async ({
  page,
}) => {
  await open(page, '/lessons/middleware')
  await run(page, 'A stranger’s page posts a form')
  const response = page.getByRole('complementary')
  await expect(response.getByText('The browser hides this response from that page.')).toBeVisible()
  await expect(response.getByRole('heading', { name: '1 of 1 claims confirmed' })).toBeVisible()
  expect(await faultsOf(page, { within: '#playground' })).toEqual([])

  await run(page, 'A stranger’s page would like to send JSON')
  await expect(response.getByText('The browser stops here, and the POST is never sent.')).toBeVisible()
  await expect(response.getByRole('heading', { name: '1 of 1 claims confirmed' })).toBeVisible()

  await run(page, 'A page of the allowed origin')
  await expect(response.getByText('The browser lets that page read this response.')).toBeVisible()
  await expect(response.getByRole('heading', { name: '1 of 1 claims confirmed' })).toBeVisible()
})

test('a typed Origin is sent, too', async ({ page }) => {
  await open(page, '/playground')
  await page.getByRole('textbox', { name: 'Path' }).click()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('/items')
  await page.getByRole('button', { name: /^Headers/ }).click()
  await page.getByRole('button', { name: 'Add header' }).click()
  await page.getByRole('textbox', { name: 'Name of header 1' }).pressSequentially('Origin')
  await page.getByRole('textbox', { name: 'Value of header 1' }).pressSequentially('https://me.example')
  await expect(page.getByText('No page can set Origin, so the server sends this request.')).toBeVisible()
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByText('Sent by this server as a page of')).toContainText('https://me.example')
})
