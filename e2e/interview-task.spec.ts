import { leaveOut } from '../scripts/leave-out.mjs'
import { bugQuestion, questionWith } from '../server/interview/testing/task-room.ts'
import { RoomClient } from '../server/interview/testing/room-client.ts'
import { newVisitor, openAsCandidate, openAsHost } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'
import { retype } from './support/typing.ts'

const TASK = { lesson: '12-errors', id: 'router-404' }
const BUG = { lesson: '07-password-hashing', id: 'hash-in-the-response' }
const SNIPPET = 'def find(id):\n    return None  # what is wrong here?'

test('a candidate says what they expect of a task, then tries, and fixes a bug; the interviewer sees what of it holds', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const question = { ...questionWith(TASK), snippets: [{ language: 'python' as const, code: SNIPPET }] }
  const room = await new RoomClient(baseURL ?? '').open([question, bugQuestion(BUG)])
  await room.host({ type: 'go-to', question: 'q1' })
  const candidate = await newVisitor(browser, baseURL)
  await openAsCandidate(candidate, room)
  await openAsHost(host, room)
  const task = host.getByRole('region', { name: /^Task/ })

  await test.step('starter code goes into the answer, and undo takes it back', async () => {
    const answer = candidate.getByLabel('Your answer')
    await candidate.getByRole('button', { name: 'Copy into my answer' }).click()
    await expect(answer).toHaveValue(`\`\`\`python\n${SNIPPET}\n\`\`\`\n`)
    await candidate.keyboard.press('Control+z')
    await expect(answer).toHaveValue('')
  })

  await test.step('the expectation comes first, and outlives a reload', async () => {
    await expect(candidate.getByRole('textbox', { name: 'Path' })).toHaveCount(0)
    await candidate.getByLabel('What do you expect?').click()
    await candidate.keyboard.type('A 404 from the router')
    await candidate.reload()
    await expect(candidate.getByLabel('What do you expect?')).toHaveValue('A 404 from the router')
    await expect(task).toContainText('hasn’t started it')
    await candidate.getByLabel('What do you expect?').press('End')
    await candidate.keyboard.type(', no route')
    await candidate.keyboard.press('Tab')
    await candidate.keyboard.press('Enter')
    await expect(candidate.getByText('A 404 from the router, no route')).toBeVisible()
    await expect(task).toContainText('A 404 from the router, no route')
  })

  await test.step('a near miss, then the solution', async () => {
    const path = candidate.getByRole('textbox', { name: 'Path' })
    await retype(path, '/users/99')
    await candidate.keyboard.press('Control+Enter')
    await expect(candidate.locator('.status')).toHaveText('404 Not Found')
    await expect(task).toContainText(/[1-9] of \d hold/)
    await expect(task).toContainText('Near miss')
    await retype(path, '/nowhere')
    await candidate.keyboard.press('Control+Enter')
    await expect(task).toContainText(/all \d hold/)
    await expect(task).toContainText('GET /nowhere → 404')
    await expect(host.getByText(/^best: all \d hold$/)).toBeVisible()
    await expect(candidate.locator('body')).not.toContainText(/hold|Near miss/)
  })

  const bug = host.getByRole('region', { name: /^Bug/ })
  const { state } = (await (await host.request.get('/api/original')).json()) as { state: string }

  await test.step('the code with the bug is edited; it outlives a reload, and the interviewer sees the difference', async () => {
    await room.host({ type: 'go-to', question: 'q2' })
    await expect(bug).toContainText('Nothing is changed so far.')
    await expect(host.getByText('a bug to fix')).toBeVisible()
    await expect(host.getByText('no playground')).toHaveCount(0)
    await candidate.getByRole('tab', { name: 'schemas.py' }).click()
    // Only the lines near the visible ones are on the page.
    await candidate.locator('.cm-content').press('Control+End')
    await candidate.locator('.cm-line', { hasText: 'hashed_password' }).click()
    await candidate.keyboard.press('Control+Shift+k')
    await expect(bug.getByRole('group', { name: 'What changed in schemas.py' })).toContainText(
      /removed: *hashed_password: str/,
    )
    await candidate.route('**/api/original', (route) => route.fulfill({ json: { state: 'absent' } }))
    await candidate.reload()
    await expect(
      candidate.getByText('can’t be run here, neither by you nor by your interviewers'),
    ).toBeVisible()
    await expect(candidate.getByText('npm start')).toHaveCount(0)
    await candidate.unroute('**/api/original')
    await candidate.reload()
    const open = candidate.getByRole('tab', { name: /^schemas.py\s*, changed$/ })
    await expect(open).toHaveAttribute('aria-selected', 'true')
    await expect(bug).toContainText('They haven’t run the checks.')
    await expect(candidate.locator('body')).not.toContainText('`UserOut` is a list')
  })

  if (state !== 'ready')
    leaveOut(`A bug’s checks were not run in a room: FastAPI in the tab is ${state} here`)
  else {
    await test.step('the checks run in the candidate’s tab, and again in the interviewer’s', async () => {
      await candidate.getByRole('button', { name: /^Start FastAPI/ }).click()
      await candidate.getByRole('button', { name: 'Run the checks' }).click({ timeout: 120_000 })
      await expect(bug).toContainText(/fixed: all \d+ checks hold\s+as the candidate’s browser reported/)
      await expect(candidate.getByText(/^All \d+ checks pass\.$/)).toBeVisible()
      await bug.getByRole('button', { name: /^Run it here/ }).click()
      await bug.getByRole('button', { name: /^Start FastAPI/ }).click()
      await bug.getByRole('button', { name: 'Run their files' }).click({ timeout: 120_000 })
      await expect(bug).toContainText('Both came to the same.')
      await expect(bug).not.toContainText('edited after this run')
      await candidate.locator('.cm-content').press('Control+Home')
      await candidate.keyboard.type('# done')
      await expect(bug.getByText('The code was edited after this run.')).toHaveCount(2)
    })
  }

  await room.host({ type: 'end' })
  await room.host({ type: 'hand-in' })
  await openAsHost(host, room, '/report')
  await expect(host.getByRole('region', { name: /^Task/ })).toContainText('A 404 from the router, no route')
  await expect(host.getByRole('region', { name: /^Task/ })).toContainText(/all \d hold/)
  await expect(bug).toContainText('hashed_password')
  if (state === 'ready') await expect(bug).toContainText('when an interviewer ran their files')
  if (state === 'ready') await expect(bug).toContainText('The code was edited after this run.')
})

test('a task and code are chosen while preparing, and are in the interview kit', async ({ page }) => {
  await open(page, '/interview/new')
  await page.getByRole('checkbox', { name: /status codes/ }).check()
  await page.getByText('Task and code').click()
  await page.getByLabel(/^Task of/).selectOption('12-errors/router-404')
  await page.getByLabel(/^Cut code for/).selectOption('users.get_user python')
  await expect(page.getByLabel(/^Snippet 1/)).toHaveValue(/^@router|^def|^async/)
  await page.getByLabel('Your name').pressSequentially('Ida')
  await page.getByRole('button', { name: 'Create interview' }).click()
  await page.getByRole('link', { name: /kit/i }).click()
  await expect(page.getByText('A request that solves it')).toBeVisible()
  await expect(page.locator('.snippet pre')).toContainText('raise HTTPException')
})
