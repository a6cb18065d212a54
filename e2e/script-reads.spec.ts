import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('a script of the page can read the token from localStorage but not the sandbox’s cookie, and leaves nothing behind', async ({
  page,
  context,
}) => {
  await open(page, '/lessons/jwt')
  await page.getByRole('button', { name: /^Run step 1/ }).click()
  await page.getByText(/^(\d+) of \1 claims confirmed$/).waitFor()
  await page.getByRole('tab', { name: 'Token' }).click()
  await page.getByRole('button', { name: 'What a script of this page can read' }).click()
  const found = page.getByRole('definition')
  await expect(found.first()).toContainText(/The token: eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+/)
  await expect(found.last()).toContainText('Nothing. The cookie that names your sandbox isn’t there')
  const cookie = (await context.cookies()).find(({ name }) => name === 'viva_sandbox')
  expect(cookie?.httpOnly).toBe(true)
  const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }))
  expect(stored).not.toContain('eyJ')
})
