import { Writer, RoomClient, seatPath, hostPath } from '../server/interview/testing/room-client.ts'
import { startApp } from './support/app.ts'
import { openAsCandidate, openAsHost, openedRoom, newVisitor } from './support/interview.ts'
import { expect, test } from './support/test.ts'
import { retype } from './support/typing.ts'

const SHOWN = { name: /candidate’s answer/ }

test('text typed offline, across a reload and in two tabs, arrives completely and once @firefox', async ({
  page: candidate,
  browser,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  const host = await newVisitor(browser, baseURL)
  await openAsHost(host, room)
  await openAsCandidate(candidate, room)
  const other = await newVisitor(browser, baseURL)
  await openAsCandidate(other, room)

  const answer = candidate.getByLabel('Your answer')
  await answer.pressSequentially('First. ')
  await expect(other.getByLabel('Your answer')).toHaveValue('First. ')
  await candidate.context().setOffline(true)
  await other.context().setOffline(true)
  await answer.pressSequentially('Offline in one tab. ')
  await other.getByLabel('Your answer').pressSequentially('Offline in another. ')
  await expect(candidate.getByText('Kept in this browser until you’re back online')).toBeVisible()
  await expect(host.getByText(/disconnected since/)).toBeVisible()
  await candidate.context().setOffline(false)
  await other.context().setOffline(false)

  const shown = host.getByRole('group', SHOWN)
  await expect(shown).toContainText('Offline in one tab.')
  await expect(shown).toContainText('Offline in another.')
  const text = (await shown.innerText()).trim()
  for (const piece of ['First.', 'Offline in one tab.', 'Offline in another.']) {
    expect(text.split(piece)).toHaveLength(2)
  }
  for (const tab of [candidate, other]) {
    await expect(tab.getByLabel('Your answer')).toHaveValue(
      new RegExp(`^${text.replaceAll('.', '\\.')}\\s*$`),
    )
    await expect(tab.getByText('You were offline for')).toBeVisible()
  }

  // A page that is closed before it could send keeps what was typed.
  await candidate.route('**/commands', (route) => route.abort('connectionrefused'))
  await answer.press('End')
  await answer.pressSequentially('Before the reload.')
  await expect(candidate.getByText('Kept in this browser')).toBeVisible()
  await candidate.unroute('**/commands')
  await candidate.reload()
  await expect(shown).toContainText('Before the reload.')
  await expect(candidate.getByLabel('Your answer')).toHaveValue(/Before the reload\.$/)
})

test("an interviewer's offline work is kept and sent later", async ({ page: host, browser, baseURL }) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  await openAsHost(host, room)
  await expect(host.getByRole('button', { name: '4 excellent' })).toBeVisible()
  await host.context().setOffline(true)
  await host.getByRole('button', { name: '4 excellent' }).click()
  await host.getByRole('checkbox').nth(1).check()
  await host.getByLabel('Notes on this question').pressSequentially('written offline')
  await expect(host.getByText(/will be sent/)).toBeVisible()
  // What an offline page doesn’t receive, it doesn’t know; and it says once that it is offline.
  await expect(host.getByText('candidate, unknown while you’re offline')).toBeVisible()
  await expect(host.getByText('Connection lost', { exact: true })).toBeVisible()
  await expect(host.getByText('You can go on reading')).toHaveCount(0)
  await host.context().setOffline(false)
  await expect(host.getByText(/will be sent/)).toHaveCount(0)
  const elsewhere = await newVisitor(browser, baseURL)
  await openAsHost(elsewhere, room)
  await expect(elsewhere.getByRole('button', { name: '4 excellent' })).toHaveAttribute('aria-pressed', 'true')
  await expect(elsewhere.getByText('Key points (1 of 2)')).toBeVisible()
  await expect(elsewhere.getByLabel('Notes on this question')).toHaveValue('written offline')
  // The link to a room opens it once more, though the key is no longer in the address.
  expect(elsewhere.url()).not.toContain('key')
  await elsewhere.reload()
  await expect(elsewhere.getByText('Key points (1 of 2)')).toBeVisible()
})

test('a server that is killed and started again finds both sides where they were', async ({ browser }) => {
  const first = await startApp()
  const port = new URL(first.origin).port
  try {
    const room = await new RoomClient(first.origin).open()
    await room.host({ type: 'go-to', question: 'q1' })
    const host = await newVisitor(browser, first.origin)
    const candidate = await newVisitor(browser, first.origin)
    await host.goto(hostPath(room))
    await candidate.goto(seatPath(room))
    const answer = candidate.getByLabel('Your answer')
    await answer.pressSequentially('Before. ')
    await expect(host.getByRole('group', SHOWN)).toHaveText('Before.')
    await first.kill()
    await expect(candidate.getByText('Connection lost')).toBeVisible()
    await answer.pressSequentially('While it was down. ')
    await host.getByRole('button', { name: '2 the basics' }).click()
    const second = await startApp({ dataDir: first.dataDir, env: { PORT: port } })
    try {
      await expect(host.getByRole('group', SHOWN)).toHaveText('Before. While it was down.')
      await expect(candidate.getByText('Saved', { exact: true })).toBeVisible()
      const report = `/api/interviews/${room.id}/rooms/${room.room}/report`
      await expect.poll(async () => (await room.call(report, room.key)).text).toContain('"score":2')
    } finally {
      await second.stop()
    }
  } finally {
    await first.remove()
  }
})

test('nothing of the interviewers’ side reaches the candidate’s browser', async ({ page, baseURL }) => {
  const room = await openedRoom(baseURL)
  const bodies: Promise<string>[] = []
  const asked: string[] = []
  page.on('response', (response) => {
    asked.push(new URL(response.url()).pathname)
    if (!response.url().includes('/stream')) bodies.push(response.text().catch(() => ''))
  })
  // What streams bring is seen by a reader of the same bytes, with the same key.
  const stream = await room.seatStream()
  await openAsCandidate(page, room)
  await room.host({ type: 'go-to', question: 'q1' })
  await expect(page.getByRole('heading', { name: 'What is One?' })).toBeVisible()
  await room.host({ type: 'tick', question: 'q1', keyPoint: 0, ticked: true })
  await room.host({ type: 'score', question: 'q1', score: 4 })
  await room.host({ type: 'write-notes', question: 'q1', update: new Writer().type('canary-in-a-note') })
  await room.host({ type: 'mark', moment: crypto.randomUUID(), label: 'canary-in-a-moment' })
  await page.getByLabel('Your answer').pressSequentially('typed')
  await retype(page.getByRole('textbox', { name: 'Path' }), '/users/')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByRole('tab', { name: 'Store' }).click()
  await expect(page.getByRole('cell', { name: 'ada@example.com' })).toBeVisible()
  await room.host({ type: 'go-to', question: 'q2' })
  await expect(page.getByRole('heading', { name: 'What is Two?' })).toBeVisible()
  await room.host({ type: 'end' })
  await expect(page.getByRole('heading', { name: 'The interview is over' })).toBeVisible()
  await room.host({ type: 'hand-in' })

  const told = [...(await Promise.all(bodies)), stream.raw(), await page.content()].join('\n')
  stream.close()
  expect(told).toContain('What is One?')
  expect(told).not.toContain('canary')
  expect(told).not.toContain(Buffer.from('canary').toString('base64').slice(0, 8))
  expect(asked.filter((path) => /lessons|interview-(questions|offers)|search\.json/.test(path))).toEqual([])
})
