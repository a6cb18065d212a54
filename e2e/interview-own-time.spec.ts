import { copied, open } from './support/page.ts'
import { newVisitor } from './support/interview.ts'
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
    return copied(host, /\/join\//)
  })

  await test.step('the clock starts when the candidate starts, no matter who watches', async () => {
    await open(candidate, new URL(link).pathname)
    await expect(candidate.getByText('Start by')).toBeVisible()
    await candidate.getByLabel(/Your name/).pressSequentially('Cleo')
    await candidate.getByLabel(/I have read/).check()
    await candidate.getByRole('button', { name: 'Join' }).click()
    await expect(candidate.getByRole('heading', { name: 'Welcome, Cleo' })).toBeVisible()
    await expect(candidate.getByRole('timer')).toHaveCount(0)
    await candidate.getByRole('button', { name: 'Start' }).click()
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
