import { OWN_QUESTIONS } from '../server/interview/testing/room-client.ts'
import { RoomClient } from '../server/interview/testing/room-client.ts'
import { openAsCandidate, openAsHost, newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'
import { retype } from './support/typing.ts'

test('a question’s playground shows requests only, unless explanations are chosen for it', async ({
  page,
}) => {
  await open(page, '/interview/new')
  await page.getByRole('checkbox', { name: /JWT/ }).check()
  await page.getByRole('checkbox', { name: /status codes/ }).check()
  const choices = page.getByRole('combobox', { name: /^Playground for/ })
  await expect(choices).toHaveCount(2)
  for (const choice of await choices.all()) await expect(choice).toHaveValue('requests')
  await choices.first().focus()
  await page.keyboard.type('with')
  await page.getByLabel('Title of the set').pressSequentially('Tokens')
  await page.getByLabel('Your name').pressSequentially('Ida')
  await page.getByRole('button', { name: 'Create interview' }).click()
  await expect(page.getByText('playground with explanations')).toHaveCount(1)
  await expect(page.getByText('playground, requests only')).toHaveCount(1)
})

test('a candidate gets responses and no explanations, while the interviewer sees what happened inside', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const [one] = OWN_QUESTIONS
  if (one?.from !== 'own') throw new Error('not an own question')
  const room = await new RoomClient(baseURL ?? '').open([
    one,
    { ...one, title: 'Two', playground: 'explained' },
    { ...one, title: 'Three', playground: 'closed' },
  ])
  await room.host({ type: 'go-to', question: 'q1' })
  const candidate = await newVisitor(browser, baseURL)
  await openAsCandidate(candidate, room)
  await openAsHost(host, room)
  await retype(candidate.getByRole('textbox', { name: 'Path' }), '/users/me')
  await candidate.keyboard.press('Control+Enter')
  await expect(candidate.locator('.status')).toHaveText('401 Unauthorized')
  await expect(candidate.getByRole('tab')).toHaveText(['Response', 'Store', 'History'])
  await expect(candidate.getByRole('button', { name: 'Send as Ada' })).toHaveCount(0)
  await expect(candidate.getByText('unauthenticated')).toHaveCount(0)
  await host.getByText('/users/me').click()
  await host.getByRole('button', { name: 'What happened inside' }).click()
  await expect(host.getByRole('list', { name: 'Steps, in order' })).toBeVisible()

  await room.host({ type: 'go-to', question: 'q2' })
  await expect(candidate.getByRole('tab')).toHaveText(['Response', 'Inside', 'Store', 'Token', 'History'])
  await expect(candidate.getByRole('button', { name: 'Send as Ada' })).toBeVisible()
  await expect(candidate.getByText('unauthenticated')).toBeVisible()

  await room.host({ type: 'go-to', question: 'q3' })
  await expect(candidate.getByRole('region', { name: 'Playground' })).toHaveCount(0)
})
