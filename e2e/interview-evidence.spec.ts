import type { Locator } from '@playwright/test'
import type { RoomClient } from '../server/interview/testing/room-client.ts'
import { Writer } from '../server/interview/testing/room-client.ts'
import { openAsHost, openedRoom } from './support/interview.ts'
import { expect, test, type Page } from './support/test.ts'

const ANSWER = 'A token is signed. It is not hidden at all. Anyone can read it.'

/** Sends a request from the candidate's playground. */
async function sendRequest(room: RoomClient, path: string): Promise<void> {
  const seat = await room.seatStream()
  const opening = await seat.until((message) => message.kind === 'view')
  seat.close()
  const sandbox = opening.kind === 'view' ? opening.view.sandbox : ''
  await fetch(room.origin + path, { headers: { 'X-Sandbox': sandbox } })
}

/** Selects a word as people do, with a double click on it. */
async function doubleClickOn(page: Page, text: Locator, word: string): Promise<void> {
  const place = await text.evaluate((root, found) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(found) ?? -1
      if (at < 0) continue
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + found.length)
      const { x, y, width, height } = range.getBoundingClientRect()
      return { x: x + width / 2, y: y + height / 2 }
    }
    throw new Error(`no ${found}`)
  }, word)
  await page.mouse.dblclick(place.x, place.y)
}

test('words and requests are bound to key points, and the report leads to their moment in the replay', async ({
  page,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  const writer = new Writer()
  await room.host({ type: 'go-to', question: 'q1' })
  await room.seat({ type: 'write', question: 'q1', update: writer.type(ANSWER) })
  await sendRequest(room, '/users/7')
  await page.setViewportSize({ width: 1280, height: 800 })
  await openAsHost(page, room)
  const answer = page.getByRole('group', { name: 'The candidate’s answer' })
  const points = page.getByRole('region', { name: /^Key points/ })
  const evidence = (of: string) => points.getByRole('listitem').filter({ hasText: of }).first()

  await test.step('with keys: a sentence and one more word, for key point 2', async () => {
    await answer.focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'Shift+ArrowRight', '2']) await page.keyboard.press(key)
    await expect(evidence('second point').getByText('“It is not hidden at all. Anyone”')).toBeVisible()
    await expect(points.getByRole('checkbox', { name: /second point/ })).toBeChecked()
    await expect(
      evidence('second point')
        .getByText(/^at 0:\d\d$/)
        .first(),
    ).toBeVisible()
    await expect(answer).toBeFocused()
  })

  await test.step('with a pointer, while the candidate writes on: the selection stays', async () => {
    await expect(async () => {
      await doubleClickOn(page, answer, 'signed')
      expect(await page.evaluate(() => getSelection()?.toString())).toBe('signed')
    }).toPass()
    await room.seat({ type: 'write', question: 'q1', update: writer.type(' More.') })
    await expect(answer).toContainText('More.')
    expect(await page.evaluate(() => getSelection()?.toString())).toBe('signed')
    await points.getByRole('checkbox', { name: /canary-point-One/ }).click()
    await expect(points.getByText('“signed”')).toBeVisible()
    await expect(points.getByRole('checkbox', { name: /canary-point-One/ })).toBeChecked()
  })

  await test.step('a request, for a red flag, and one quote is taken back', async () => {
    await page.getByRole('button', { name: 'Use GET /users/7 as evidence' }).click()
    await page.keyboard.press('x')
    await page.keyboard.press('1')
    await expect(points.getByText('GET /users/7 404')).toBeVisible()
    await expect(points.getByRole('checkbox', { name: /canary-flag-One/ })).toBeChecked()
    await points.getByRole('button', { name: 'Remove “signed”' }).click()
    await expect(points.getByText('“signed”')).toHaveCount(0)
    await expect(points.getByRole('checkbox', { name: /canary-point-One/ })).toBeChecked()
  })

  await test.step('the report has the words with their moment, which leads to the replay', async () => {
    await room.host({ type: 'end' })
    await openAsHost(page, room, '/report')
    const point = page.getByRole('list', { name: 'Key points' }).getByRole('listitem')
    const quote = point.filter({ hasText: 'second point' }).getByRole('list', { name: 'Evidence' })
    await expect(quote).toContainText('It is not hidden at all. Anyone')
    await expect(page.locator('mark')).toHaveText('It is not hidden at all. Anyone')
    await quote.getByRole('link', { name: /^at 0:\d\d$/ }).click()
    await expect(page).toHaveURL(/\/replay\?at=\d+/)
    await expect(page.getByRole('group', { name: 'The answer at this moment' })).toHaveText(ANSWER)
    await expect(page.getByText(/Answering · at 0:\d\d/)).toBeVisible()
  })

  await test.step('what is scored beside the replay is about the moment at which it stands', async () => {
    await page.keyboard.press('s')
    await page.keyboard.press('3')
    await expect(page.getByRole('link', { name: /^at 0:\d\d$/ }).last()).toBeVisible()
    const score = page.getByRole('region', { name: 'Which sentence fits best?' })
    await expect(score.getByRole('link', { name: /^at 0:\d\d$/ })).toBeVisible()
    await expect(score.getByRole('button', { name: /solid/ })).toHaveAttribute('aria-pressed', 'true')
  })
})
