import { openAsHost, openedRoom, newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

/** Presses Tab until something of that name has focus, as a person would. */
async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'textbox' | 'checkbox',
  name: RegExp | string,
): Promise<void> {
  const wanted = page.getByRole(role, { name }).first()
  for (let presses = 0; presses < 120; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach ${role} ${String(name)}`)
}

test('an interview is prepared, joined and led with keys alone', async ({ page: host, browser, baseURL }) => {
  await open(host, '/interview/new')
  await expect(host.getByRole('checkbox', { name: /JWT/ })).toBeVisible()
  await tabTo(host, 'checkbox', /JWT/)
  await host.keyboard.press('Space')
  await tabTo(host, 'checkbox', /Middleware/)
  await host.keyboard.press('Space')
  await tabTo(host, 'textbox', 'Title of the set')
  await host.keyboard.type('Keys alone')
  await tabTo(host, 'textbox', 'Your name')
  await host.keyboard.type('Ida')
  await tabTo(host, 'button', 'Move Middleware up')
  await host.keyboard.press('Enter')
  await expect(
    host.getByRole('list', { name: 'Chosen questions' }).getByRole('listitem').first(),
  ).toContainText('Middleware')
  await tabTo(host, 'button', 'Create interview')
  await host.keyboard.press('Enter')
  await expect(host.getByRole('heading', { level: 1, name: 'Keys alone' })).toBeVisible()
  await tabTo(host, 'button', 'Add a candidate')
  await host.keyboard.press('Enter')
  const code = await host.locator('.join-code').innerText()

  const candidate = await newVisitor(browser, baseURL)
  await open(candidate, '/join')
  await tabTo(candidate, 'textbox', 'Code')
  await candidate.keyboard.type(code)
  await candidate.keyboard.press('Enter')
  await expect(candidate.getByRole('heading', { name: 'What is recorded' })).toBeVisible()
  await tabTo(candidate, 'textbox', /Your name/)
  await candidate.keyboard.type('Cleo')
  await tabTo(candidate, 'checkbox', /I have read/)
  await candidate.keyboard.press('Space')
  await candidate.keyboard.press('Enter')
  await expect(candidate.getByText('Welcome, Cleo')).toBeVisible()

  await tabTo(host, 'link', 'Open the room')
  await host.keyboard.press('Enter')
  await expect(host.getByText('candidate, connected')).toBeVisible()
  await host.keyboard.press('n')
  await expect(candidate.getByRole('heading', { level: 1, name: /middlewares/ })).toBeVisible()
  await expect(host.getByText('Key points (0 of')).toBeVisible()
  await host.keyboard.press('2')
  await host.keyboard.press('s')
  await host.keyboard.press('3')
  await expect(host.getByText('Key points (1 of')).toBeVisible()
  await expect(host.getByRole('button', { name: '3 solid' })).toHaveAttribute('aria-pressed', 'true')
  await host.keyboard.press('p')
  await expect(candidate.getByText('paused', { exact: true })).toBeVisible()
  await host.keyboard.press('m')
  await expect(host.getByText('marked', { exact: true })).toBeVisible()
  await host.keyboard.press('?')
  await expect(host.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await host.keyboard.press('Escape')
  await tabTo(host, 'textbox', 'Notes on this question')
  await host.keyboard.type('n1 is a word, not a key')
  await expect(candidate.getByText('Question 1 of 2', { exact: true })).toBeVisible()
  await tabTo(candidate, 'textbox', 'Your answer')
  await candidate.keyboard.type('Typed.')
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText('Typed.')
})

test('a replay is played and searched with keys alone', async ({ page, baseURL }) => {
  const room = await openedRoom(baseURL)
  for (const question of ['q1', 'q2']) {
    // Two questions of one millisecond would be one place in the replay.
    const before = Date.now()
    await expect.poll(() => Date.now()).toBeGreaterThan(before)
    await room.host({ type: 'go-to', question })
  }
  await openAsHost(page, room, '/replay')
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { name: 'What is One?' })).toBeVisible()
  await page.keyboard.press('n')
  await expect(page.getByRole('heading', { name: 'What is Two?' })).toBeVisible()
  await page.keyboard.press('b')
  await expect(page.getByText('Before the first question.')).toBeVisible()
})
