import { expect, test } from './support/test.ts'

test('Swagger UI: Authorize with a seeded person, then Try it out as her', async ({ page }) => {
  await page.goto('/docs')
  await expect(page).toHaveTitle(/Swagger UI/)
  const me = page.locator('.opblock', { hasText: '/users/me' })
  await expect(me).toBeVisible()

  await page.getByRole('button', { name: 'Authorize' }).click()
  const dialog = page.locator('.modal-ux')
  await dialog.getByLabel('username').pressSequentially('ada@example.com')
  await dialog.getByLabel('password').pressSequentially('analytical-engine')
  await dialog.getByRole('button', { name: 'Apply given OAuth2 credentials' }).click()
  await expect(dialog.getByRole('button', { name: 'Remove authorization' })).toBeVisible()
  await dialog.locator('button.btn-done').click()

  await me.locator('.opblock-summary-control').click()
  await me.getByRole('button', { name: 'Try it out' }).click()
  await me.getByRole('button', { name: 'Execute' }).click()
  await expect(me.locator('.live-responses-table tr.response .response-col_status')).toContainText('200')
  await expect(me.locator('.live-responses-table')).toContainText('ada@example.com')
})

test('Swagger UI: without Authorize the protected call is refused with 401', async ({ page }) => {
  await page.goto('/docs')
  const me = page.locator('.opblock', { hasText: '/users/me' })
  await me.locator('.opblock-summary-control').click()
  await me.getByRole('button', { name: 'Try it out' }).click()
  await me.getByRole('button', { name: 'Execute' }).click()
  await expect(me.locator('.live-responses-table tr.response .response-col_status')).toContainText('401')
  await expect(me.locator('.live-responses-table')).toContainText('Not authenticated')
})

test('Swagger UI and ReDoc show every path operation of the document', async ({ page, request }) => {
  const document = (await (await request.get('/openapi.json')).json()) as {
    paths: Record<string, Record<string, { summary: string }>>
  }
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  expect(operations.length).toBeGreaterThan(9)
  await page.goto('/docs')
  await expect(page.locator('.opblock')).toHaveCount(operations.length)
  await page.goto('/redoc')
  for (const { summary } of operations) {
    // One summary may begin with another: both are found by the shorter one.
    await expect(page.locator('h2', { hasText: summary }).first()).toBeAttached()
  }
})

test('ReDoc finds what is searched for, in a worker of its own', async ({ page }) => {
  await page.goto('/redoc')
  await page.getByPlaceholder('Search...').pressSequentially('delete')
  await expect(page.locator('[data-role="search:results"]')).toContainText('Delete User')
})

test('the page that Swagger UI opens after a sign-in says so when it is opened by itself', async ({
  page,
}) => {
  await page.goto('/docs/oauth2-redirect')
  await expect(page.getByText('Opened by itself, it has nothing to do')).toBeVisible()
  await page.getByRole('link', { name: 'the documentation' }).click()
  await expect(page).toHaveTitle(/Swagger UI/)
})
