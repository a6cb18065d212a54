import { open } from './support/page.ts'
import { newVisitor } from './support/interview.ts'
import { expect, test, type Page } from './support/test.ts'

// As on a local network: plain HTTP under a name that isn't localhost is not a secure context, so browsers disable some APIs.
const baseURL = process.env.VIVA_URL?.replace('localhost', 'viva.lan')
test.use({ baseURL })

/** What Ctrl+V puts into a field, as soon as it matches. */
async function pasted(page: Page, pattern: RegExp): Promise<string> {
  const other = await page.context().newPage()
  await open(other, '/interview/new')
  const field = other.getByLabel('Title of the set')
  await field.focus()
  await expect(async () => {
    await other.keyboard.press('ControlOrMeta+a')
    await other.keyboard.press('Delete')
    await other.keyboard.press('ControlOrMeta+v')
    await expect(field).toHaveValue(pattern, { timeout: 1_000 })
  }).toPass()
  const text = await field.inputValue()
  await other.close()
  await page.bringToFront()
  return text
}

test('lessons, the playground and copying work on plain HTTP', async ({ page }) => {
  await open(page, '/')
  expect(await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto])).toEqual([false, false])
  await page
    .getByRole('link', { name: /Authentication/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.locator('.steps li')).toContainText(Array(9).fill('confirmed'))
  await open(page, '/playground')
  await page.getByRole('textbox', { name: 'Path' }).fill('/users/1')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.locator('.status')).toHaveText('200 OK')
  await page.getByRole('button', { name: 'Copy the body' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toHaveCount(1)
  await expect(page.getByRole('button', { name: 'Copy the body' })).toBeFocused()
  await pasted(page, /"Ada Lovelace"/)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('dialog').getByRole('combobox').pressSequentially('copy a link')
  await expect(
    page.getByRole('option', { name: 'Copy a link to this page and step', selected: true }),
  ).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Link copied.')).toBeVisible()
  await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused()
  expect(await pasted(page, /^http/)).toBe(`${baseURL}/playground`)
})

test('an interview works from preparation to report on plain HTTP', async ({ page: host, browser }) => {
  const candidate = await newVisitor(browser, baseURL)
  await open(host, '/interview/new')
  await host.getByRole('checkbox', { name: /JWT/ }).check()
  await host.getByLabel('Title of the set').fill('On the network')
  await host.getByLabel('Your name').fill('Ida')
  await host.getByRole('button', { name: 'Create interview' }).click()
  await host.getByRole('button', { name: 'Add a candidate' }).click()
  await host.getByRole('button', { name: 'Copy join link' }).click()
  const link = await pasted(host, new RegExp(`^${baseURL}/join/[A-Z0-9]{6}$`))

  await open(candidate, link)
  await candidate.getByLabel(/Your name/).fill('Cleo')
  await candidate.getByLabel(/I have read/).check()
  await candidate.getByRole('button', { name: 'Join' }).click()
  await expect(candidate.getByRole('heading', { name: 'Welcome, Cleo' })).toBeVisible()
  await candidate.getByRole('button', { name: 'Copy your link' }).click()
  await pasted(candidate, /\/room\//)

  await host.getByRole('link', { name: 'Open the room' }).click()
  await host.getByRole('button', { name: 'Ask the first question' }).click()
  await candidate.getByLabel('Your answer').pressSequentially('Signed, not encrypted.')
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText('Signed, not encrypted.')
  await candidate.getByRole('textbox', { name: 'Path' }).fill('/users/999')
  await candidate.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(host.getByText('/users/999')).toBeVisible()
  await host.getByRole('button', { name: '3 solid' }).click()
  await host.getByRole('button', { name: 'Mark', exact: true }).click()
  await host.getByLabel('Notes on this question').pressSequentially('Knows it')
  await host.getByRole('button', { name: 'End …' }).click()
  await host.getByRole('button', { name: 'End the interview' }).click()
  await expect(candidate.getByRole('heading', { name: 'The interview is over' })).toBeVisible()
  await host.getByRole('radio', { name: 'Yes', exact: true }).check()
  await host.getByRole('button', { name: 'Submit your scorecard' }).click()
  await host.getByRole('link', { name: 'Report and sharing' }).click()
  await expect(host.getByText('Knows it').filter({ visible: true })).toBeVisible()
  await host.getByLabel('Their own answers').check()
  await host.getByRole('button', { name: 'Share this' }).click()
  await candidate.getByRole('link', { name: 'open your report' }).click()
  await expect(candidate.getByText('Signed, not encrypted.')).toBeVisible()
  await candidate.context().close()
})

test('what the browser refuses to copy is shown, selected and copied by hand', async ({ page }) => {
  await page.addInitScript(() => {
    document.execCommand = () => false
  })
  await open(page, '/playground')
  await page.getByRole('textbox', { name: 'Path' }).fill('/users/1')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('button', { name: 'Copy the body' }).click()
  const dialog = page.getByRole('dialog', { name: 'Couldn’t copy' })
  await expect(dialog.getByRole('textbox')).toBeFocused()
  await page.keyboard.press('ControlOrMeta+c')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Copy the body' })).toBeFocused()
  await pasted(page, /"Ada Lovelace"/)
})
