import { randomUUID } from 'node:crypto'
import { newKey, RoomClient, Writer } from '../server/interview/testing/room-client.ts'
import { newVisitor, openAsCandidate, openAsHost, openedRoom } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test } from './support/test.ts'

test('an interviewer who writes stays at their question when another moves on, and no letter acts', async ({
  page: writer,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  const jon = { id: randomUUID(), key: newKey() }
  await room.interview({ type: 'add-interviewer', interviewer: jon.id, name: 'Jon', key: jon.key })
  await open(writer, `/interview/${room.id}/${room.room}#key=${jon.key}`)
  const orders: string[] = []
  writer.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/commands'))
      orders.push(request.postData() ?? '')
  })
  const notes = writer.getByLabel('Notes on this question')
  await notes.click()
  await writer.keyboard.type('a long remark about ')
  await room.host({ type: 'go-to', question: 'q2' })
  await expect(writer.getByText('Now: 2')).toBeVisible()
  await writer.keyboard.type('password hashing, point 1 and 2, s 3; next man up')
  await expect(notes).toHaveValue('a long remark about password hashing, point 1 and 2, s 3; next man up')
  await writer.keyboard.press('Escape')
  await writer.getByRole('button', { name: 'Go there' }).click()
  await expect(writer.getByText('What is Two?').first()).toBeVisible()
  await expect(notes).toHaveValue('')
  // Jon doesn't lead: he can't pull the interview on by mistake.
  await expect(writer.getByText('is leading')).toBeVisible()
  await expect(writer.getByRole('button', { name: 'Next question' })).toHaveCount(0)
  await writer.getByRole('button', { name: 'Take over' }).click()
  await expect(writer.getByRole('button', { name: 'Pause' })).toBeVisible()
  expect(
    orders.filter((order) => !order.includes('"write-notes"') && !order.includes('"take-lead"')),
  ).toEqual([])
})

test('a candidate finishes the sentence, keeps the caret, and hears what happens', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  await openAsHost(host, room)
  const candidate = await newVisitor(browser, baseURL)
  await openAsCandidate(candidate, room)
  const answer = candidate.getByLabel('Your answer')
  await answer.click()
  await candidate.keyboard.type('one two ')
  // A machine may be too slow for five seconds: then the question is asked again, and so is the next one.
  await expect(async () => {
    await room.host({ type: 'go-to', question: 'q1' })
    await host.keyboard.press('n')
    await expect(candidate.locator('.coming')).toBeVisible({ timeout: 4_000 })
    await host.keyboard.press('u')
    await expect(
      candidate.getByRole('status').filter({ hasText: 'is staying with this question' }),
    ).toHaveCount(1, {
      timeout: 4_000,
    })
  }).toPass()
  await expect(candidate.locator('.coming')).toHaveCount(0)
  await answer.click()
  await candidate.keyboard.press('End')
  await candidate.keyboard.type('three four.')
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText('one two three four.')
  await candidate.getByRole('button', { name: 'One more minute?' }).click()
  await expect(
    host.getByRole('status').filter({ hasText: 'The candidate would like one more minute.' }),
  ).toHaveCount(1)
  await host.keyboard.press('y')
  await expect(candidate.getByRole('status').filter({ hasText: 'You have more time' })).toHaveCount(1)
  await expect(host.getByText('Cleo would like one more minute')).toHaveCount(0)
  await candidate.getByRole('button', { name: 'I’m done with this one' }).click()
  await expect(host.getByRole('button', { name: 'Move on' })).toBeVisible()
  await answer.click()
  await candidate.keyboard.press('End')
  await host.keyboard.press('y')
  await candidate.keyboard.type(' Five.')
  await expect(
    candidate.getByRole('status').filter({ hasText: 'Question 2 of 2: What is Two?' }),
  ).toHaveCount(1)
  // The caret is in the new field without a click.
  await expect(answer).toBeFocused()
  await candidate.keyboard.type('next question')
  await expect(answer).toHaveValue('next question')
  await host
    .getByRole('button', { name: /What is One|One/ })
    .first()
    .click()
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText(
    'one two three four. Five.',
  )
})

test('a candidate who has scrolled to the playground sees where the interview is, and keeps the focus there', async ({
  browser,
  baseURL,
}) => {
  const room = await openedRoom(baseURL)
  await room.host({ type: 'go-to', question: 'q1' })
  const phone = await newVisitor(browser, baseURL, { viewport: { width: 390, height: 844 }, hasTouch: true })
  await openAsCandidate(phone, room)
  const path = phone.getByRole('textbox', { name: 'Path' })
  await path.scrollIntoViewIfNeeded()
  await path.focus()
  await room.host({ type: 'pause' })
  await expect(phone.getByText('paused', { exact: true })).toBeInViewport()
  const isCovered = await phone.locator('.where').evaluate((line) => {
    const { x, y, width, height } = line.getBoundingClientRect()
    return !line.contains(document.elementFromPoint(x + width / 2, y + height / 2))
  })
  expect(isCovered).toBe(false)
  await expect(async () => {
    await room.host({ type: 'go-to', question: 'q1' })
    await room.host({ type: 'announce', question: 'q2' })
    await expect(phone.locator('.coming')).toBeInViewport({ timeout: 4_000 })
  }).toPass()
  await expect(phone.getByText('Question 2 of 2', { exact: true })).toBeInViewport()
  // Nothing but the header is above the page.
  await phone.setViewportSize({ width: 1280, height: 1600 })
  const gap = await phone.evaluate(() => {
    const bottom = document.querySelector('.page-header')?.getBoundingClientRect().bottom ?? 0
    scrollTo(0, 0)
    return (document.querySelector('main')?.getBoundingClientRect().top ?? 0) - bottom
  })
  expect(gap).toBeLessThan(1)
})

test('on a laptop the room fits the window, the answer follows its newest text, and Next stays in its place', async ({
  page: host,
  baseURL,
}) => {
  await host.setViewportSize({ width: 1280, height: 800 })
  const room = new RoomClient(baseURL ?? '')
  await room.create()
  await room.addRoom()
  await room.join('Maximiliane Konstantinopolitanska-Featherstonehaugh of Wessex')
  await room.host({ type: 'go-to', question: 'q1' })
  await openAsHost(host, room)
  const next = host.getByRole('button', { name: 'Next question' })
  const place = async () => (await next.boundingBox())?.x
  const before = await place()
  await host.getByLabel('Hide names').check()
  await expect(host.getByRole('heading', { level: 1, name: 'Friday' })).toBeVisible()
  await host.keyboard.press('p')
  await expect(host.getByText('paused', { exact: true })).toBeVisible()
  expect(await place()).toBe(before)
  expect(await host.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(800)

  const writer = new Writer()
  const write = (text: string) => room.seat({ type: 'write', question: 'q1', update: writer.type(text) })
  const answer = host.getByRole('group', { name: /candidate’s answer/ })
  const newest = host.getByRole('button', { name: /^Newest/ })
  const isAtEnd = () =>
    answer.evaluate((box) => Math.abs(box.scrollHeight - box.clientHeight - box.scrollTop) < 2)
  await write('A line.\n'.repeat(60))
  await expect(host.getByText('480 characters at once')).toBeVisible()
  await write('The end')
  await expect(answer).toContainText('The end')
  await expect.poll(isAtEnd).toBe(true)
  await expect(newest).toHaveCount(0)
  await answer.focus()
  await host.keyboard.press('Home')
  await expect.poll(() => answer.evaluate((box) => box.scrollTop)).toBe(0)
  await write(', and more.')
  await newest.click()
  await expect.poll(isAtEnd).toBe(true)
  await expect(newest).toHaveCount(0)
  await expect(answer).toBeFocused()
})
