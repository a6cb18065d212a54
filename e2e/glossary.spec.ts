import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('the footer links to the glossary, and a term to the paragraph that explains it, expanded or not', async ({
  page,
}) => {
  await open(page, '/')
  await page.getByRole('contentinfo').getByRole('link', { name: 'Glossary' }).click()
  await expect(page).toHaveURL('/glossary')
  await expect(page.getByRole('heading', { level: 1, name: 'Glossary' })).toBeFocused()
  await page.getByRole('link', { name: /^17 async def or def ?: GIL$/ }).click()
  await expect(page).toHaveURL('/lessons/async-or-def#term-gil')
  const folded = page.locator('#term-gil')
  await expect(folded).toContainText('releases the interpreter lock (the GIL)')
  await expect(folded).toBeInViewport()
  await expect(folded).toBeFocused()
  await page.goBack()
  await page.getByRole('link', { name: /^16 Async programming ?: event loop$/ }).click()
  await expect(page.locator('#why .link-target')).toBeFocused()
})

test('an address with a term expands the answer that contains it', async ({ page }) => {
  await open(page, '/lessons/router-post#term-idempotent')
  const paragraph = page.getByText('has the same effect when repeated (it is idempotent)')
  await expect(paragraph).toBeInViewport()
  await expect(paragraph).toBeFocused()
})

test('search finds a term, by its word and by what its letters stand for', async ({ page }) => {
  await open(page, '/')
  for (const words of ['XSS', 'cross-site scripting']) {
    await page.keyboard.press('/')
    await page.getByRole('dialog').getByRole('combobox').pressSequentially(words)
    const group = page.getByRole('dialog').getByRole('group', { name: 'Glossary' })
    await expect(group.getByRole('option', { name: /^XSS/ })).toContainText('A stranger’s script')
    await group.getByRole('option', { name: /^XSS/ }).click()
    await expect(page).toHaveURL('/glossary#xss')
    await expect(page.locator('#xss')).toBeFocused()
    await expect(page.locator('#xss')).toBeInViewport()
  }
})
