import { openedRoom, newVisitor } from './support/interview.ts'
import { hostPath, seatPath } from '../server/interview/testing/room-client.ts'
import { open } from './support/page.ts'
import { blockedBrowser, REFUSALS, refuseStorage } from './support/site-data.ts'
import { expect, test, type Page } from './support/test.ts'

const UNKEPT = 'This browser doesn’t keep data for this site.'

for (const refusal of REFUSALS) {
  test(`an interview is held in two browsers whose storage is ${refusal}`, async ({
    page: host,
    browser,
    baseURL,
  }) => {
    const candidate = await newVisitor(browser, baseURL)
    await refuseStorage(host.context(), refusal)
    await refuseStorage(candidate.context(), refusal)

    await open(host, '/interview/new')
    await host.getByRole('checkbox', { name: /JWT/ }).check()
    await host.getByLabel('Title of the set').fill('Kept nowhere')
    await host.getByLabel('Your name').fill('Ida')
    await expect(host.getByText(UNKEPT)).toBeVisible()
    await host.getByRole('button', { name: 'Create interview' }).click()
    await expect(host.getByText('it holds the key that opens this page')).toBeVisible()
    // The address opens it after a reload, too.
    await host.reload()
    await host.getByRole('button', { name: 'Add a candidate' }).click()
    const code = await host.locator('.join-code').innerText()

    await open(candidate, '/join')
    await candidate.getByLabel('Code').fill(code)
    await candidate.getByRole('button', { name: 'Continue' }).click()
    await candidate.getByLabel(/Your name/).fill('Cleo')
    await candidate.getByLabel(/I have read/).check()
    await candidate.getByRole('button', { name: 'Join' }).click()
    await expect(candidate.getByRole('heading', { name: 'Welcome, Cleo' })).toBeVisible()
    await expect(candidate.getByText(UNKEPT)).toBeVisible()
    await candidate.reload()
    await expect(candidate.getByRole('heading', { name: 'Welcome, Cleo' })).toBeVisible()

    await host.getByRole('link', { name: 'Open the room' }).click()
    await host.getByRole('button', { name: 'Ask the first question' }).click()
    const answer = candidate.getByLabel('Your answer')
    // A click that was still on its way would be lost: nothing here can keep it over the reload.
    await expect(answer).toBeVisible()
    await host.reload()
    await answer.pressSequentially('Signed, not')
    await candidate.context().setOffline(true)
    await answer.pressSequentially(' encrypted.')
    await expect(candidate.getByText('Kept in this tab (don’t close it)')).toBeVisible()
    await candidate.context().setOffline(false)
    await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText('Signed, not encrypted.')
    await host.getByRole('button', { name: '3 solid' }).click()
    await host.getByLabel('Notes on this question').pressSequentially('Knows it')
    await host.getByRole('button', { name: 'End …' }).click()
    await host.getByRole('button', { name: 'End the interview' }).click()
    await host.getByRole('radio', { name: 'Yes', exact: true }).check()
    await host.getByRole('button', { name: 'Submit your scorecard' }).click()
    await host.getByRole('link', { name: 'Report and sharing' }).click()
    await expect(host.getByText('Knows it').filter({ visible: true })).toBeVisible()
    await host.getByLabel('Their own answers').check()
    await host.getByRole('button', { name: 'Share this' }).click()
    await candidate.getByRole('link', { name: 'open your report' }).click()
    await expect(candidate.getByText('Signed, not encrypted.')).toBeVisible()
    await candidate.reload()
    await expect(candidate.getByText('Signed, not encrypted.')).toBeVisible()
    await candidate.context().close()
  })

  test(`lessons and preferences work for as long as the page is open: storage ${refusal}`, async ({
    page,
  }) => {
    await refuseStorage(page.context(), refusal)
    await open(page, '/')
    await page.getByRole('link', { name: 'Errors and status codes' }).click()
    await page.getByRole('checkbox', { name: 'Raise HTTPException' }).check()
    await page.getByRole('button', { name: /^Run step 1/ }).click()
    await expect(page.getByText('2 of 2 claims confirmed', { exact: true })).toBeVisible()
    await page.getByRole('button', { name: /^Theme/ }).click()
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
    await page.keyboard.press('j')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/advantages of FastAPI/)
    await page.keyboard.press('k')
    await expect(page.getByRole('checkbox', { name: 'Raise HTTPException' })).toBeChecked()
    await page.goto('/docs')
    await expect(page.getByText('/users/me')).toBeVisible()
  })
}

test('with cookies blocked, a page has one sandbox of its own, and copies name the one that answered', async ({
  launchOptions,
  baseURL,
}) => {
  const { context, close } = await blockedBrowser(launchOptions, baseURL)
  try {
    const page = await context.newPage()
    const sandboxes: Promise<unknown>[] = []
    page.on('response', (response) => {
      if (/\/api\/sandbox(\/reset)?$/.test(response.url())) sandboxes.push(response.json())
    })
    await open(page, '/lessons/errors')
    await page.getByRole('button', { name: 'Run all' }).click()
    const steps = await page.locator('.steps .number').count()
    await expect(page.locator('.steps .number:is([data-state="held"], [data-state="sent"])')).toHaveCount(
      steps,
    )
    await page.getByRole('link', { name: 'Playground' }).first().click()
    await page.getByRole('textbox', { name: 'Path' }).fill('/users/me')
    await page.getByRole('radio', { name: 'Grace' }).check()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.locator('.status')).toHaveText('200 OK')
    await page.locator('summary', { hasText: 'Request as sent' }).click()
    const copy = await page.getByLabel('The request as curl').innerText()
    await page.getByRole('tab', { name: 'Inside' }).click()
    await page.getByRole('button', { name: /Sandbox chosen/ }).click()
    const chosen = page.locator('p', { hasText: /Sandbox [a-z2-7]{26}\s*, chosen by header/ })
    const [id = ''] = /[a-z2-7]{26}/.exec(await chosen.innerText()) ?? []
    expect(copy).toContain(`X-Sandbox: ${id}`)
    const ids = (await Promise.all(sandboxes)).map((sandbox) => (sandbox as { id: string }).id)
    expect([...new Set(ids)]).toEqual([id])
  } finally {
    await close()
  }
})

/** Every key that Viva uses, and what another version, an extension or a curious person may have left in it. */
const KEYS = [
  'theme',
  'progress',
  'preferences',
  'interviews',
  'seats',
  'interview-draft',
  'interview-sets',
  'interviewer-name',
  'practice-draft',
]
const GARBAGE = [
  '{',
  '[null, 1, "x", {}]',
  JSON.stringify({
    ...{ version: 1, held: [], named: { '12-errors': [1, null] }, last: { slug: '12-errors', step: -7 } },
    ...{ language: [], singleKeys: 'no', split: 1e9, title: 7, questions: {} },
  }),
]

async function poison(page: Page, garbage: string, ...more: string[]): Promise<void> {
  await page.context().addInitScript(
    ([value, ...keys]) => {
      for (const key of keys) localStorage.setItem(`viva:${key}`, value ?? '')
    },
    [garbage, ...KEYS, ...more],
  )
}

for (const garbage of GARBAGE) {
  test(`pages open with ${garbage} in storage`, async ({ page, browser, baseURL }) => {
    const room = await openedRoom(baseURL)
    await room.host({ type: 'go-to', question: 'q1' })
    const host = await newVisitor(browser, baseURL)
    const more = ['commands', 'q1', 'q9'].map((name) => `room:${room.room}:${name}`)
    await poison(page, garbage, ...more)
    await poison(host, garbage, `host:${room.room}:commands`, `host:${room.room}:notes/q1`)
    for (const path of [
      '/',
      '/lessons/errors',
      '/playground',
      '/practice?question=12-errors',
      '/interview',
      '/interview/new',
      '/join',
    ]) {
      await open(page, path)
      const heading = page.getByRole('heading', { level: 1 })
      await expect.poll(async () => (await heading.boundingBox())?.width ?? 0).toBeGreaterThan(100)
      await expect(
        page.locator('main').getByRole('link').or(page.locator('main').getByRole('button')).first(),
      ).toBeVisible()
    }
    await open(page, seatPath(room))
    await page.getByLabel('Your answer').pressSequentially('Typed all the same')
    await open(host, hostPath(room))
    await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText('Typed all the same')
    await host.getByLabel('Notes on this question').pressSequentially('Noted')
    await expect(host.getByLabel('Notes on this question')).toHaveValue('Noted')
    await host.context().close()
  })
}
