import { randomUUID } from 'node:crypto'
import { Report } from '#contract/interview/report.ts'
import { newKey, RoomClient, Writer } from '../server/interview/testing/room-client.ts'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('one question is scored across all candidates with keys alone, and lands on each one’s own card', async ({
  page,
  baseURL,
}) => {
  const first = new RoomClient(baseURL ?? '')
  await first.create()
  const rooms = ['Ada', 'Ben', 'Cem'].map((name) => ({
    name,
    room: Object.assign(first.at(baseURL ?? ''), { room: randomUUID(), seatKey: newKey() }),
  }))
  for (const { name, room } of rooms) {
    await room.addRoom()
    await room.join(`${name} Canary`)
    for (const question of ['q1', 'q2']) await room.host({ type: 'go-to', question })
    const update = new Writer().type(`answer of room ${room.room}`)
    await room.host({ type: 'go-to', question: 'q1' })
    await room.seat({ type: 'write', question: 'q1', update })
    await room.host({ type: 'end' })
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await open(page, `/interview/${first.id}#key=${first.key}`)
  await page.getByRole('link', { name: 'Score one question across all' }).click()
  const heading = page.getByRole('heading', { level: 1 })
  const answer = page.getByRole('group', { name: 'The candidate’s answer' })
  const order: string[] = []
  for (const [index, score] of ['3', '1', '2'].entries()) {
    await expect(heading).toHaveText(`Answer ${index + 1} of 3`)
    await expect(answer).toHaveText(/answer of room/)
    order.push((await answer.innerText()).replace('answer of room ', ''))
    expect(await page.content()).not.toContain('Canary')
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    expect(height).toBeLessThanOrEqual(800)
    if (index === 1) {
      // Letters in the notes are letters; Escape makes them keys again.
      await page.keyboard.press('e')
      await page.keyboard.type('n b 1 s 4')
      await page.keyboard.press('Escape')
    }
    await page.keyboard.type(`2s${score}`)
    // Without waiting for the server.
    await page.keyboard.press('n')
  }
  await expect(page.getByLabel('Question', { exact: true })).toHaveValue('q2')
  expect(new Set(order)).toEqual(new Set(rooms.map(({ room }) => room.room)))

  // Back to the first question: everything is there.
  await page.getByLabel('Question', { exact: true }).selectOption('q1')
  await expect(page.getByText('3 of 3 scored')).toBeVisible()
  await page.keyboard.press('n')
  await expect(heading).toHaveText('Answer 2 of 3')
  await expect(page.getByLabel('Notes on this question')).toHaveValue('n b 1 s 4')
  await expect(page.getByRole('button', { name: /^1 / })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('checkbox').nth(1)).toBeChecked()
  for (const [index, score] of [3, 1, 2].entries()) {
    const path = `/api/interviews/${first.id}/rooms/${order[index]}/report`
    const [one] = Report.parse((await first.call(path, first.key)).json).questions
    expect(one?.marks).toMatchObject([{ score, ticks: [1], notes: index === 1 ? 'n b 1 s 4' : '' }])
  }
})
