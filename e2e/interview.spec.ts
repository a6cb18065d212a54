import { LIMITS } from '#contract/interview/limits.ts'
import { copied, open } from './support/page.ts'
import { openAsHost, openedRoom, newVisitor } from './support/interview.ts'
import { expect, test } from './support/test.ts'
import { retype } from './support/typing.ts'

test('an interview from the first question chosen to the report the candidate reads', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const candidate = await newVisitor(browser, baseURL)
  const second = await newVisitor(browser, baseURL)

  await test.step('prepare', async () => {
    await open(host, '/interview')
    await host.getByRole('link', { name: 'Prepare an interview' }).click()
    await retype(host.getByLabel(/A balanced set for/), '30')
    await host.getByRole('button', { name: 'Suggest a set' }).click()
    await expect(host.getByText(/^\d questions, \d+ of 30 minutes: \d/)).toBeVisible()
    await host.getByLabel('Title of the set').pressSequentially('Backend, junior')
    await host.getByLabel('Your name').pressSequentially('Ida')
    await host.getByRole('button', { name: 'Add your own question' }).click()
    const dialog = host.getByRole('dialog')
    await dialog.getByLabel('Title', { exact: true }).pressSequentially('Why us')
    await dialog.getByLabel('Question', { exact: true }).pressSequentially('Why do you want to work here?')
    await dialog.getByLabel(/Key points/).pressSequentially('names our product\nasks back')
    await dialog.getByRole('button', { name: 'Save' }).click()
    // What was chosen survives a reload.
    await host.reload()
    await expect(host.getByLabel('Title of the set')).toHaveValue('Backend, junior')
    const own = host.getByRole('listitem').filter({ hasText: 'Why us' })
    await own.getByRole('button', { name: 'Move Why us up' }).click()
    await host.getByRole('button', { name: 'Create interview' }).click()
    await expect(host.getByRole('heading', { name: 'Backend, junior' })).toBeVisible()
  })

  const code = await test.step('add a candidate and a second interviewer', async () => {
    await host.getByLabel('Label, seen only by interviewers').pressSequentially('Friday 10:00')
    await host.getByRole('button', { name: 'Add a candidate' }).click()
    await host.getByText('QR code and link').click()
    await expect(host.getByRole('img', { name: /QR code for .*\/join\// })).toBeVisible()
    await host.getByLabel('Name of another interviewer').pressSequentially('Jon')
    await host.getByRole('button', { name: 'Add', exact: true }).click()
    await host.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await host.getByRole('button', { name: 'Copy the link for Jon' }).click()
    const link = await copied(host, /^http.*#/)
    await open(second, new URL(link).pathname + new URL(link).hash)
    await expect(second.getByText('Jon you')).toBeVisible()
    // A secret is not left in the address.
    expect(second.url()).not.toContain('key')
    return (await host.locator('.join-code').innerText()).toLowerCase()
  })

  await test.step('join', async () => {
    await open(candidate, '/join')
    await candidate.getByLabel('Code').pressSequentially('222222')
    await candidate.getByRole('button', { name: 'Continue' }).click()
    await expect(candidate.getByRole('alert')).toContainText('no interview with this code')
    await retype(candidate.getByLabel('Code'), code)
    await candidate.getByRole('button', { name: 'Continue' }).click()
    await expect(candidate.getByText('Passwords and tokens are hidden.')).toBeVisible()
    await candidate.getByLabel(/Your name/).pressSequentially('Chloé <b>')
    await candidate.getByLabel(/I have read/).check()
    await candidate.getByRole('button', { name: 'Join' }).click()
    await expect(candidate.getByRole('heading', { name: 'Welcome, Chloé <b>' })).toBeVisible()
  })

  await test.step('live', async () => {
    await host.getByRole('link', { name: 'Open the room' }).click()
    await second.getByRole('link', { name: 'Open the room' }).click()
    await expect(host.getByText('candidate, connected')).toBeVisible()
    await host.getByRole('button', { name: 'Ask the first question' }).click()
    const answer = candidate.getByLabel('Your answer')
    await answer.pressSequentially('An answer with <script>alert(1)</script> and ünïcode 🎈.')
    for (const interviewer of [host, second]) {
      await expect(interviewer.getByRole('group', { name: /candidate’s answer/ })).toHaveText(
        'An answer with <script>alert(1)</script> and ünïcode 🎈.',
      )
    }
    await host.getByRole('checkbox').nth(1).check()
    await host
      .getByRole('list', { name: /^Red flags/ })
      .getByRole('checkbox')
      .first()
      .check()
    await host.getByRole('button', { name: '3 solid' }).click()
    await host.getByLabel('Notes on this question').pressSequentially('Ida notes this')
    await second.getByRole('button', { name: '1 fragments' }).click()
    await host.getByRole('button', { name: 'Pause' }).click()
    await expect(candidate.getByText('paused', { exact: true })).toBeVisible()
    await host.getByRole('button', { name: 'Resume' }).click()
    await host.getByRole('button', { name: '+5 min' }).click()
    await retype(candidate.getByRole('textbox', { name: 'Path' }), '/users/999')
    await candidate.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(host.getByText('/users/999')).toBeVisible()
    await host.getByText('/users/999').click()
    await host.getByRole('button', { name: 'What happened inside' }).click()
    await expect(host.getByRole('list', { name: 'Steps, in order' })).toBeVisible()
    await host.getByRole('button', { name: 'Mark', exact: true }).click()
    await host.getByRole('button', { name: 'Show the model answer' }).click()
    await host.getByRole('button', { name: 'Show it now' }).click()
    await expect(candidate.getByRole('region', { name: 'Model answer' })).toBeVisible()
    await host.reload()
    await expect(host.getByLabel('Notes on this question')).toHaveValue('Ida notes this')
    await expect(host.getByRole('button', { name: '3 solid' })).toHaveAttribute('aria-pressed', 'true')
    await host.getByRole('button', { name: 'Next question' }).click()
    await expect(candidate.getByText(/^Question 2 of \d$/)).toBeVisible()
    await expect(candidate.getByLabel('Your answer')).toHaveValue('')
  })

  await test.step('end, hand in, compare', async () => {
    await host.getByRole('button', { name: 'End …' }).click()
    await host.getByRole('button', { name: 'End the interview' }).click()
    await expect(candidate.getByRole('heading', { name: 'The interview is over' })).toBeVisible()
    // Jon leaves out the question that had just been asked. Keys rest for a moment after the interview has moved on.
    await expect(async () => {
      await second.keyboard.press('s')
      await second.keyboard.press('-')
      await expect(second.getByRole('button', { name: /^Not assessed/ })).toHaveAttribute(
        'aria-pressed',
        'true',
        { timeout: 2_000 },
      )
    }).toPass()
    await expect(second.getByRole('button', { name: /^2 .* not assessed/ })).toBeVisible()
    await second.getByRole('radio', { name: 'Strong no' }).press('Space')
    await second.getByLabel('Concerns').focus()
    await second.keyboard.type('s 3: guesses, n')
    await second.getByRole('button', { name: 'Submit your scorecard' }).press('Enter')
    await expect(second.getByRole('link', { name: 'Report and sharing' })).toBeFocused()

    await host.getByRole('button', { name: 'Recommend and submit' }).press('Enter')
    await expect(host.getByRole('radio', { name: 'Strong no' })).toBeFocused()

    // Ida reads what is missing, and deals with it where she is.
    const submit = host.getByRole('button', { name: 'Submit your scorecard' })
    await submit.press('Enter')
    const missing = host.getByText(/^1 of 2 asked questions has no score: 2 /)
    await expect(missing.locator('..')).toBeFocused()
    await host.getByRole('button', { name: 'Go to 2' }).press('Enter')
    await expect(host.getByRole('button', { name: /^0 no answer/ })).toBeFocused()
    await submit.press('Enter')
    await host.getByRole('button', { name: 'Mark it as not assessed' }).press('Enter')
    await expect(missing).toHaveCount(0)
    await host.getByRole('button', { name: 'Recommend', exact: true }).press('Enter')
    await expect(host.getByRole('radio', { name: 'Strong no' })).toBeFocused()
    await host.keyboard.press('ArrowDown')
    await host.keyboard.press('ArrowDown')
    await expect(host.getByRole('radio', { name: 'Yes', exact: true })).toBeChecked()
    await host.getByLabel('Strengths').pressSequentially('Explains as she goes')
    await expect(host.getByText('guesses')).toHaveCount(0)
    await submit.press('Enter')
    await host.getByRole('button', { name: /^1 / }).first().click()
    await expect(host.getByRole('region', { name: 'Jon’s scorecard' })).toContainText('Score: 1')
  })

  await test.step('debrief', async () => {
    await host.getByRole('link', { name: /^Debrief/ }).click()
    await expect(host.getByText('Ida and Jon differ on 1 question and the recommendation.')).toBeVisible()
    await expect(host.getByRole('heading', { name: 'Recommendations differ' })).toBeVisible()
    await expect(host.getByText('s 3: guesses, n')).toBeVisible()
    await host.keyboard.press('n')
    await expect(host.locator('.questions .question-title')).toBeFocused()
    await expect(host.getByRole('row', { name: /^Score/ })).toContainText('3 solid')
    await expect(host.getByRole('row').filter({ hasText: 'not mentioned' })).toHaveCount(1)
    await expect(host.getByRole('row', { name: /^Red flag/ })).toHaveCount(1)
    await expect(host.getByText('An answer with <script>')).toBeVisible()
    await host.getByRole('link', { name: 'Report', exact: true }).click()
  })

  await test.step('report and sharing', async () => {
    await expect(host.getByText('Scores differ: 1 to 3.')).toBeVisible()
    await expect(host.getByText('Red flag:').first()).toBeAttached()
    await expect(host.getByText('Ida notes this').filter({ visible: true })).toBeVisible()
    await host.getByLabel('Their own answers').check()
    await host.getByLabel('Your scores').check()
    // What is ticked can be seen before the candidate gets it.
    await host.getByText('As the candidate would see it').click()
    await expect(host.getByText('gave 3 of 4, solid')).toBeVisible()
    await expect(
      host.getByText('Your changes aren’t shared yet.').or(host.getByText('Nothing is shared yet.')),
    ).toBeVisible()
    await expect(candidate.getByRole('link', { name: 'open your report' })).toHaveCount(0)
    await host.getByLabel('Strengths, from your recommendation').check()
    await host.getByRole('button', { name: 'Share this' }).click()
    await expect(host.getByText('Shared. The candidate can see it')).toBeVisible()
    const [download] = await Promise.all([
      host.waitForEvent('download'),
      host.getByRole('button', { name: 'Markdown' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('interview-chloé-b.md')
    await candidate.getByRole('link', { name: 'open your report' }).click()
    await expect(candidate.getByText('gave 3 of 4, solid')).toBeVisible()
    await expect(candidate.getByText('An answer with <script>')).toBeVisible()
    await expect(candidate.getByText('Explains as she goes')).toBeVisible()
    await expect(candidate.getByText('didn’t assess this question')).toBeVisible()
    await expect(candidate.getByText('Ida notes this')).toHaveCount(0)
    await expect(candidate.getByText('Jon')).toHaveCount(0)
  })

  await test.step('replay', async () => {
    await host.getByRole('link', { name: 'Replay' }).click()
    await expect(host.getByRole('heading', { name: /^Replay: Chloé/ })).toBeVisible()
    await host.keyboard.press('?')
    await expect(host.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Play or pause')
    await host.keyboard.press('Escape')
    const text = host.getByRole('group', { name: 'The answer at this moment' })
    await host.getByRole('button', { name: '16×' }).click()
    await host.getByRole('button', { name: 'Play' }).click()
    await expect(text).toContainText('An answer with <script>')
  })

  await test.step('side by side, and deleted', async () => {
    await host.getByRole('link', { name: 'Backend, junior' }).first().click()
    await expect(host.getByRole('row', { name: /Chloé/ })).toContainText('I3')
    await expect(host.getByRole('row', { name: /Chloé/ })).toContainText(/Yes\s*JStrong no/)
    await host.getByLabel('Hide names').check()
    await expect(host.getByRole('row', { name: /Friday 10:00/ })).toBeVisible()
    // It stays so on every page of the interview, and what the server sends has no name either.
    const received: Promise<string>[] = []
    host.on('response', (response) => {
      if (/\/api\/interviews.*(grid|report|rooms)/.test(response.url()) && !response.url().includes('stream'))
        received.push(response.text().catch(() => ''))
    })
    await host.reload()
    await host.getByRole('link', { name: 'Report', exact: true }).click()
    await expect(host.getByRole('heading', { name: 'Friday 10:00', level: 1 })).toBeVisible()
    await expect(host).toHaveTitle('Report on Friday 10:00 · Viva')
    expect(await host.content()).not.toContain('Chloé')
    await host.getByRole('link', { name: 'Backend, junior' }).first().click()
    await host.getByRole('link', { name: 'Open scorecard' }).click()
    await expect(host.getByRole('heading', { name: 'Friday 10:00', level: 1 })).toBeVisible()
    expect(await host.content()).not.toContain('Chloé')
    expect((await Promise.all(received)).join('')).not.toContain('Chloé')
    // The card is submitted: a click shows the name here, and here alone.
    await host.getByRole('button', { name: 'Show the name' }).click()
    await expect(host.getByRole('heading', { name: 'Chloé <b>', level: 1 })).toBeVisible()
    await host.getByRole('link', { name: 'Backend, junior' }).first().click()
    await expect(host.getByRole('row', { name: /Friday 10:00/ })).toBeVisible()
    await host.getByRole('link', { name: 'Use this set again' }).click()
    await expect(host.getByLabel('Title of the set')).toHaveValue('Backend, junior')
    await expect(host.getByRole('list', { name: 'Chosen questions' })).toContainText('Why us')
    await host.goBack()
    await host.getByRole('button', { name: 'Delete this interview …' }).click()
    await host.getByRole('button', { name: 'Delete everything' }).click()
    await expect(host.getByRole('heading', { name: 'The interview room' })).toBeVisible()
    await candidate.goto('/room/' + (candidate.url().split('/')[4] ?? ''))
    await expect(candidate.getByRole('heading', { name: 'You can’t open this room' })).toBeVisible()
  })
})

test('a set is saved, exported and imported, and a broken file is reported', async ({ page }) => {
  await open(page, '/interview/new')
  await page.getByRole('checkbox', { name: /JWT/ }).check()
  await page.getByLabel('Title of the set').pressSequentially('Tokens')
  await page.getByRole('button', { name: 'Save the set' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export' }).click(),
  ])
  await page.getByRole('button', { name: 'Clear the set' }).click()
  await expect(page.getByText('No questions yet.')).toBeVisible()
  await page.getByLabel('Set as a JSON file').setInputFiles(await download.path())
  await expect(page.getByRole('list', { name: 'Chosen questions' })).toContainText('JWT')
  await page
    .getByLabel('Set as a JSON file')
    .setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('{"plan":') })
  await expect(page.getByRole('alert')).toContainText('broken.json: This file isn’t valid JSON.')
  const lessons = ['05-no-such-lesson', '01-what-is-fastapi']
  const plan = { title: 'From elsewhere', questions: lessons.map((slug) => ({ from: 'lesson', slug })) }
  const file = { format: 'viva-interview-template', version: 1, plan }
  const buffer = Buffer.from(JSON.stringify(file).replaceAll('"slug"', '"playground":"closed","slug"'))
  await page
    .getByLabel('Set as a JSON file')
    .setInputFiles({ name: 'elsewhere.json', mimeType: 'application/json', buffer })
  await expect(page.getByRole('alert')).toHaveText(
    'elsewhere.json: Question 1: this deck has no lesson “05-no-such-lesson”. The other questions were loaded.',
  )
  await expect(page.getByText('1 question, ')).toBeVisible()
  // What was typed survives Escape, pressed twice.
  await page.getByRole('button', { name: 'Add your own question' }).click()
  await page.getByRole('textbox', { name: 'Title', exact: true }).pressSequentially('Why us')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(page.getByText('What you typed for “Why us” isn’t saved.')).toBeVisible()
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('textbox', { name: 'Title', exact: true })).toHaveValue('Why us')
})

test('when no further request can be recorded, the interviewer reads it in the room and in the report', async ({
  page,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  const seat = await room.seatStream()
  const view = await seat.until(({ kind }) => kind === 'view')
  seat.close()
  const sandbox = view.kind === 'view' ? view.view.sandbox : ''
  await room.host({ type: 'go-to', question: 'q1' })
  const send = () => fetch(`${baseURL}/items`, { headers: { 'X-Sandbox': sandbox } })
  // The last of them are seen as they are sent; before, the page would only be drawn anew for each.
  const live = 10
  const sender = async () => {
    for (let sent = 0; sent < (LIMITS.requests - live) / 10; sent += 1) await send()
  }
  await Promise.all(Array.from({ length: 10 }, sender))
  await openAsHost(page, room)
  await expect(page.getByRole('heading', { name: `Requests (${LIMITS.requests - live})` })).toBeVisible()
  const notice = page.getByText('The playground refuses any more.')
  await expect(notice).toHaveCount(0)
  await Promise.all(Array.from({ length: live }, send))
  await expect(notice).toBeVisible()
  expect((await send()).status).toBe(403)
  await page.reload()
  await expect(notice).toBeVisible()
  await openAsHost(page, room, '/report')
  await expect(notice).toBeVisible()
})
