import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('on a phone, a step is predicted and judged in the sheet', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await open(page, '/lessons/authentication?step=4#playground')
  const sheet = page.getByRole('complementary', { name: 'Playground' })
  const question = sheet.getByRole('group', { name: 'Which status does it get?' })
  await expect(question.getByRole('radio')).toHaveCount(4)
  await question.getByText('401 Unauthorized').tap()
  await expect(question.getByRole('radio', { name: '401 Unauthorized' })).toBeChecked()
  await sheet.getByRole('button', { name: /^Run step 4/ }).tap()
  await expect(sheet.locator('.verdict')).toHaveText(/^You said 401\. It was 422:/)
  await expect(sheet.locator('.verdict')).toBeInViewport({ ratio: 1 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
})
