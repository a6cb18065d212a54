import { copied, open } from './support/page.ts'
import { RoomClient } from '../server/interview/testing/room-client.ts'
import { newVisitor, openAsCandidate } from './support/interview.ts'
import { expect, test } from './support/test.ts'
import { retype } from './support/typing.ts'

test('a candidate answers alone, each question once, and the interviewer scores and replays it later', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const candidate = await newVisitor(browser, baseURL)

  const link = await test.step('a link with a deadline', async () => {
    await open(host, '/interview/new')
    await host.getByRole('checkbox', { name: /JWT/ }).check()
    await host.getByRole('checkbox', { name: /Middleware/ }).check()
    await host.getByLabel('Title of the set').pressSequentially('At home')
    await host.getByLabel('Your name').pressSequentially('Ida')
    await host.getByRole('button', { name: 'Create interview' }).click()
    await host.getByRole('button', { name: 'On their own time' }).click()
    const begin = host.getByLabel('Start by')
    const proposed = await begin.inputValue()
    await begin.fill('2020-01-01T10:00')
    await host.getByRole('button', { name: 'Add a candidate' }).click()
    await expect(host.getByRole('alert')).toHaveText('“Start by” has already passed.')
    await begin.fill(proposed)
    await host.getByRole('button', { name: 'Add a candidate' }).click()
    await host.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await host.getByRole('button', { name: 'Copy join link' }).click()
    const link = await copied(host, /\/join\//)
    await host.getByText('Invitation', { exact: true }).click()
    await host.getByRole('button', { name: 'Copy the invitation' }).click()
    const letter = await copied(host, /You are invited/)
    for (const part of [link, 'with Ida', 'Start by: ', 'What is recorded:']) expect(letter).toContain(part)
    const saved = host.waitForEvent('download')
    await host.getByRole('button', { name: 'Save for a calendar' }).click()
    expect((await saved).suggestedFilename()).toBe(`interview-${new URL(link).pathname.slice(-6)}.ics`)
    return link
  })

  await test.step('the clock starts when the candidate starts, no matter who watches', async () => {
    await open(candidate, new URL(link).pathname)
    await expect(candidate.getByText('Start by')).toBeVisible()
    await candidate.getByLabel(/Your name/).pressSequentially('Cleo')
    await candidate.getByLabel(/I have read/).check()
    await candidate.getByRole('button', { name: 'Join' }).click()
    await expect(candidate.getByRole('heading', { name: 'Welcome, Cleo' })).toBeVisible()
    await expect(candidate.getByRole('timer')).toHaveCount(0)
    await expect(candidate.getByText('ms there and back')).toBeVisible()
    const trial = candidate.getByLabel(/Type anything/)
    await trial.pressSequentially('```\nx = 1\n```')
    await expect(candidate.locator('.quote code')).toHaveText('x = 1\n')
    await candidate.getByRole('button', { name: 'Open the playground' }).click()
    await retype(candidate.getByRole('textbox', { name: 'Path' }), '/users/')
    await candidate.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(candidate.getByText('200 OK').first()).toBeVisible()
    // The link of the invitation leads back in.
    await open(candidate, new URL(link).pathname)
    await expect(candidate.getByRole('heading', { name: 'Welcome, Cleo' })).toBeVisible()
    await expect(trial).toHaveValue('')
    await candidate.getByRole('button', { name: 'Open the playground' }).click()
    await candidate.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(candidate.getByText('200 OK').first()).toBeVisible()
    await candidate.getByRole('button', { name: 'Start' }).click()
    await expect(candidate.getByText('Nothing sent yet')).toBeVisible()
    await expect(candidate.getByText('Question 1 of 2', { exact: true })).toBeVisible()
    await expect(candidate.getByRole('timer')).toBeVisible()
    await candidate.getByLabel('Your answer').pressSequentially('A token is signed, not hidden.')
    await retype(candidate.getByRole('textbox', { name: 'Path' }), '/users/me')
    await candidate.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(candidate.getByText('401 Unauthorized').last()).toBeVisible()
  })

  await test.step('a reload, a second thought, and no way back', async () => {
    await candidate.reload()
    await expect(candidate.getByLabel('Your answer')).toHaveValue('A token is signed, not hidden.')
    await candidate.getByRole('button', { name: 'Leave this question …' }).click()
    await candidate.getByRole('button', { name: 'Stay' }).click()
    await expect(candidate.getByLabel('Your answer')).toBeVisible()
    await candidate.getByRole('button', { name: 'Leave this question …' }).click()
    await candidate.getByRole('button', { name: 'Leave question' }).click()
    await expect(candidate.getByRole('heading', { name: 'Next: question 2 of 2' })).toBeVisible()
    await expect(candidate.getByRole('timer')).toHaveCount(0)
    await candidate.getByRole('button', { name: 'Open the question' }).click()
    await expect(candidate.getByText('Question 2 of 2', { exact: true })).toBeVisible()
    await expect(candidate.getByLabel('Your answer')).toHaveValue('')
    await candidate.getByLabel('Your answer').pressSequentially('It wraps every request.')
    await candidate.getByRole('button', { name: 'Finish …' }).click()
    await candidate.getByRole('button', { name: 'Finish', exact: true }).click()
    await expect(candidate.getByRole('heading', { name: 'The interview is over' })).toBeVisible()
  })

  await test.step('reviewed later with the same scorecard', async () => {
    await host.getByRole('link', { name: 'Open scorecard' }).click()
    await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText(
      'A token is signed, not hidden.',
    )
    await expect(host.getByText('/users/me')).toBeVisible()
    await expect(host.getByRole('heading', { name: 'Requests (1)' })).toBeVisible()
    await host.getByRole('button', { name: '4 ' }).click()
    await host.getByRole('button', { name: 'Submit your scorecard' }).click()
    await host.getByRole('button', { name: 'Submit anyway' }).click()
    await host.getByRole('link', { name: 'Report and sharing' }).click()
    await expect(host.getByText('It wraps every request.').filter({ visible: true })).toBeVisible()
    await host.getByRole('link', { name: 'Replay' }).click()
    await host.getByRole('button', { name: '16×' }).click()
    await host.getByRole('button', { name: 'Play' }).click()
    await expect(host.getByRole('group', { name: 'The answer at this moment' })).toContainText(
      'It wraps every request.',
    )
  })
})

test('an interview that wasn’t started in time opens again, and one whose time is up says that all is kept', async ({
  page: candidate,
  browser,
  baseURL,
}) => {
  const room = new RoomClient(baseURL ?? '')
  await room.create()
  const endBy = Date.now() + 3_600_000
  await room.addRoom({ startBy: endBy, endBy })
  await room.join()
  await openAsCandidate(candidate, room)
  await room.host({ type: 'set-deadline', deadline: { startBy: Date.now() + 2_000, endBy } })
  await expect(candidate.getByRole('heading', { name: 'The time to start has passed' })).toBeVisible()
  const host = await newVisitor(browser, baseURL)
  await open(host, `/interview/${room.id}#key=${room.key}`)
  await expect(host.getByText('not started in time')).toBeVisible()
  await host.getByRole('button', { name: 'Set new times …' }).click()
  const card = host.getByRole('listitem').filter({ hasText: 'Cleo' })
  await card.getByLabel('Closes at').fill('2020-01-01T10:00')
  await card.getByRole('button', { name: 'Save and open again' }).click()
  await expect(card.getByRole('alert')).toHaveText('“Closes at” has already passed.')
  await card.getByRole('button', { name: 'Cancel' }).click()
  await card.getByRole('button', { name: 'Set new times …' }).click()
  await card.getByLabel('Extra time').selectOption('+50 %')
  await card.getByRole('button', { name: 'Save and open again' }).click()
  await expect(card.getByText('+50 % extra time')).toBeVisible()
  await expect(candidate.getByRole('heading', { name: 'Welcome, Cleo' })).toBeVisible()
  await expect(candidate.getByText('about 15 minutes')).toBeVisible()

  await candidate.getByRole('button', { name: 'Start' }).click()
  await candidate.getByRole('button', { name: 'Hide the clock' }).click()
  await expect(candidate.getByRole('timer')).toHaveCount(0)
  await candidate.getByLabel('Your answer').pressSequentially('In the middle of a sen')
  await expect(candidate.getByText('Saved', { exact: true })).toBeVisible()
  await room.host({ type: 'set-deadline', deadline: { startBy: 1, endBy: Date.now() + 1_000 } })
  await expect(candidate.getByText('Everything that you had written is kept.')).toBeVisible()
  // A link that opens nothing is not remembered, and doesn’t shut out someone whose browser has the right key.
  await open(candidate, `/room/${room.room}#key=${'x'.repeat(43)}`)
  await expect(candidate.getByRole('heading', { name: 'The interview is over' })).toBeVisible()
  await open(candidate, '/interview')
  await expect(candidate.getByRole('link', { name: 'As Cleo' })).toHaveCount(1)
  const stranger = await newVisitor(browser, baseURL)
  await open(stranger, `/room/${room.room}#key=${'x'.repeat(43)}`)
  await expect(stranger.getByRole('heading', { name: 'You can’t open this room' })).toBeVisible()
  await open(stranger, `/join/${room.code}`)
  await expect(stranger.getByText('ask your interviewer to let you rejoin')).toBeVisible()
  await expect(stranger.getByRole('link', { name: /^As / })).toHaveCount(0)
})
