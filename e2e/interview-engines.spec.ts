import { chromium } from '@playwright/test'
import { browserArguments, installedBrowser } from '../scripts/browser.mjs'
import { hostPath, RoomClient } from '../server/interview/testing/room-client.ts'
import { startApp } from './support/app.ts'
import { newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

const SAID = 'An answer with <b>, ünïcode 🎈 and "jk / ?".'

for (const hostedIn of ['Firefox', 'Chromium'] as const) {
  const other = hostedIn === 'Firefox' ? 'Chromium' : 'Firefox'
  test(`an interview led in ${hostedIn} with the candidate in ${other}, across a restart of the server @firefox`, async ({
    browser: firefox,
  }) => {
    const first = await startApp()
    const second = await chromium.launch({
      executablePath: await installedBrowser(),
      args: browserArguments,
    })
    const [hosts, candidates] = hostedIn === 'Firefox' ? [firefox, second] : [second, firefox]
    try {
      const room = new RoomClient(first.origin)
      await room.create()
      await room.addRoom()
      const host = await newVisitor(hosts, first.origin)
      const candidate = await newVisitor(candidates, first.origin)
      await open(host, hostPath(room))
      await join(candidate, room.code)
      await lead(host, candidate)

      await first.kill()
      await expect(host.getByText('Connection lost', { exact: true })).toBeVisible()
      await expect(candidate.getByText('Connection lost', { exact: true })).toBeVisible()
      await candidate.getByLabel('Your answer').press('End')
      await candidate.getByLabel('Your answer').pressSequentially(' Then it was down.')
      await host.getByRole('button', { name: '2 the basics' }).click()
      const again = await startApp({ dataDir: first.dataDir, env: { PORT: new URL(first.origin).port } })
      try {
        await end(host, candidate, `${SAID} Then it was down.`)
      } finally {
        await again.kill()
      }
    } finally {
      await second.close()
      await first.remove()
    }
  })
}

async function join(candidate: Page, code: string): Promise<void> {
  await open(candidate, '/join')
  await candidate.getByLabel('Code').pressSequentially(code)
  await candidate.keyboard.press('Enter')
  await candidate.getByLabel(/Your name/).pressSequentially('Chloé <b>')
  await candidate.getByLabel(/I have read/).check()
  await candidate.getByRole('button', { name: 'Join' }).click()
  await expect(candidate.getByRole('heading', { name: 'Welcome, Chloé <b>' })).toBeVisible()
}

/** The first question: text that is typed, a request, a score and a pause, each seen on the other side. */
async function lead(host: Page, candidate: Page): Promise<void> {
  await expect(host.getByText('candidate, connected')).toBeVisible()
  await host.getByRole('button', { name: 'Ask the first question' }).click()
  await candidate.getByLabel('Your answer').pressSequentially(SAID)
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText(SAID)
  await retype(candidate.getByRole('textbox', { name: 'Path' }), '/users/999')
  await candidate.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(candidate.locator('.status')).toHaveText('404 Not Found')
  await host.getByText('/users/999').click()
  await host.getByRole('button', { name: 'What happened inside' }).click()
  await expect(host.getByRole('list', { name: 'Steps, in order' })).toBeVisible()
  await host.getByRole('checkbox').nth(1).check()
  await host.getByLabel('Notes on this question').pressSequentially('clear, brief')
  await host.getByRole('button', { name: 'Pause' }).click()
  await expect(candidate.getByText('paused', { exact: true })).toBeVisible()
  await host.getByRole('button', { name: 'Resume' }).click()
  await expect(candidate.getByText('paused', { exact: true })).toHaveCount(0)
}

/** Once the server is back: nothing is lost, both sides may reload, and the report has all of it. */
async function end(host: Page, candidate: Page, answer: string): Promise<void> {
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText(answer)
  await expect(candidate.getByText('Saved', { exact: true })).toBeVisible()
  await candidate.reload()
  await expect(candidate.getByLabel('Your answer')).toHaveValue(answer)
  await host.reload()
  await expect(host.getByRole('button', { name: '2 the basics' })).toHaveAttribute('aria-pressed', 'true')
  await expect(host.getByLabel('Notes on this question')).toHaveValue('clear, brief')
  await host.getByRole('button', { name: 'End …' }).click()
  await host.getByRole('button', { name: 'End the interview' }).click()
  await expect(candidate.getByRole('heading', { name: 'The interview is over' })).toBeVisible()
}
