import { hostPath, RoomClient, seatPath } from '../server/interview/testing/room-client.ts'
import { hasPostgres } from '../server/storage/testing/make-database.ts'
import { Instances } from './support/instances.ts'
import { newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { roundRobin } from './support/round-robin.ts'
import { expect, test } from './support/test.ts'
import { retype } from './support/typing.ts'

test('an interview on two instances continues when one is lost, and then the other', async ({ browser }) => {
  test.skip(!(await hasPostgres('an interview in browsers on two instances')), 'no PostgreSQL here')
  const instances = await Instances.two()
  const balancer = await roundRobin(() => instances.origin)
  try {
    const room = await new RoomClient(balancer.origin).open()
    const host = await newVisitor(browser, balancer.origin)
    const candidate = await newVisitor(browser, balancer.origin)
    await open(host, hostPath(room))
    await open(candidate, seatPath(room))
    await host.getByRole('button', { name: 'Ask the first question' }).click()
    const answer = candidate.getByLabel('Your answer')
    const shown = host.getByRole('group', { name: /candidate’s answer/ })
    await answer.pressSequentially('Both are there. ')
    await expect(shown).toHaveText('Both are there.')

    await instances.apps[0]?.kill()
    await answer.pressSequentially('One is lost. ')
    await host.getByRole('button', { name: '2 the basics' }).click()
    await expect(shown).toHaveText('Both are there. One is lost.')
    await expect(candidate.getByText('Saved', { exact: true })).toBeVisible()

    await instances.killConnections()
    await retype(candidate.getByRole('textbox', { name: 'Path' }), '/users/999')
    await candidate.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(host.getByText('/users/999')).toBeVisible()

    await instances.restart(0)
    await instances.apps[1]?.kill()
    await answer.pressSequentially('The new one took over.')
    await expect(shown).toHaveText('Both are there. One is lost. The new one took over.')
    await candidate.reload()
    await expect(answer).toHaveValue('Both are there. One is lost. The new one took over.')
    await host.reload()
    await expect(host.getByRole('button', { name: '2 the basics' })).toHaveAttribute('aria-pressed', 'true')
    await host.getByRole('button', { name: 'Next question' }).click()
    await expect(candidate.getByText('Question 2 of 2', { exact: true })).toBeVisible()
  } finally {
    balancer.close()
    await instances.close()
  }
})
