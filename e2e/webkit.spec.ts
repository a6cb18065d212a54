import { expect, test as base } from '@playwright/test'
import { hostPath, RoomClient } from '../server/interview/testing/room-client.ts'
import { newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { KEYS, WebKit } from './support/webkit.ts'

/** One window of WebKit for all journeys of this file: they run one after the other. */
const test = base.extend<object, { webkit: WebKit }>({
  webkit: [
    // Playwright reads the fixtures from the destructured argument.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const webkit = await WebKit.open()
      await use(webkit)
      await webkit.close()
    },
    { scope: 'worker' },
  ],
})
test.describe.configure({ mode: 'default' })

const TYPED = 'take this, right now: http/1 ? gh gp nbm s3'
/** What is drawn below the first element that the selector fits. */
const lineBelow = (selector: string) => {
  const element = document.querySelector(selector)
  if (element === null) return null
  const { textDecorationLine, textDecorationStyle } = getComputedStyle(element)
  return `${textDecorationLine} ${textDecorationStyle}`
}

/** The text of the JSON editor, once it is loaded. It is in a shadow tree. */
const editorText = () => {
  const hosts = [...document.querySelectorAll('.editor > div')]
  return hosts.map(({ shadowRoot }) => shadowRoot?.querySelector('.cm-content')?.textContent ?? '').join('')
}

test('a sentence is proved on the home page, and all steps of a lesson run', async ({ webkit, baseURL }) => {
  await webkit.goTo(`${baseURL}/`)
  expect(await webkit.run(lineBelow, '.proof .words')).toBe('underline dotted')
  await webkit.click('button', 'Prove it')
  await webkit.until(() => document.querySelector('.proof[data-held="true"]') !== null)

  await webkit.goTo(`${baseURL}/lessons/06-authentication`)
  expect(await webkit.run(lineBelow, '.claim')).toBe('underline dotted')
  await webkit.click('button', 'Run all')
  await webkit.shows('All 9 steps ran, 14 of 14 claims confirmed.')
  expect(await webkit.run(lineBelow, '.claim.is-held')).toBe('underline solid')
  await webkit.click('[role="tab"]', 'Inside')
  await webkit.until(() => document.querySelector('[aria-current="step"]') !== null)
})

test('a body is typed key by key and sent, and a response is copied', async ({ webkit, baseURL }) => {
  await webkit.goTo(`${baseURL}/lessons/pydantic-models`)
  await webkit.click('[aria-label="JSON body"]')
  await webkit.until(editorText)
  await webkit.press(KEYS.Control, 'a')
  await webkit.type(`{"name": "${TYPED}"}`)
  await expect.poll(() => webkit.run(editorText)).toBe(`{"name": "${TYPED}"}`)
  await webkit.press(KEYS.Control, KEYS.Enter)
  await webkit.until(() => document.querySelector('.status')?.textContent === '422 Unprocessable Content')
  expect(
    await webkit.run(() => [location.pathname, document.querySelectorAll('dialog[open]').length]),
  ).toEqual(['/lessons/pydantic-models', 0])

  await webkit.click('[aria-label="Copy the body"]')
  await webkit.until(() => document.querySelector('[aria-label="Copy the body"]')?.textContent === 'Copied')
  await webkit.click('.editor')
  await webkit.press(KEYS.Control, 'a')
  await webkit.press(KEYS.Control, 'v')
  await expect.poll(() => webkit.run(editorText)).toMatch(/^\{"detail":\[/)
})

test('words are searched for and a result is opened by keyboard', async ({ webkit, baseURL }) => {
  await webkit.goTo(`${baseURL}/about`)
  await webkit.press(KEYS.Control, 'k')
  await webkit.until(() => document.activeElement?.getAttribute('role') === 'combobox')
  await webkit.type('IntegrityError')
  await webkit.until(() => document.querySelector('[role="option"]')?.textContent.includes('IntegrityError'))
  await webkit.press(KEYS.Enter)
  await webkit.until(() => location.pathname.startsWith('/lessons/'))
})

test('a candidate joins, answers and sends a request, with the interviewer in Chromium', async ({
  webkit,
  browser,
  baseURL,
}) => {
  const room = new RoomClient(baseURL ?? '')
  await room.create()
  await room.addRoom()
  const host = await newVisitor(browser, baseURL)
  await open(host, hostPath(room))
  await webkit.goTo(`${baseURL}/join`)
  await webkit.click('label', 'Code')
  await webkit.type(room.code)
  await webkit.press(KEYS.Enter)
  await webkit.shows('What is recorded')
  await webkit.click('label', 'Your name')
  await webkit.type('Chloé <b>')
  await webkit.click('label', 'I have read')
  await webkit.click('button', 'Join')
  await webkit.shows('Welcome, Chloé <b>')

  await host.getByRole('button', { name: 'Ask the first question' }).click()
  await webkit.click('#answer')
  await webkit.type(`${TYPED}, ünïcode`)
  await expect(host.getByRole('group', { name: /candidate’s answer/ })).toHaveText(`${TYPED}, ünïcode`)
  await webkit.click('.playground button', 'Send')
  await expect(host.getByRole('heading', { name: 'Requests (1)' })).toBeVisible()
  await host.getByRole('button', { name: 'End …' }).click()
  await host.getByRole('button', { name: 'End the interview' }).click()
  await webkit.shows('The interview is over')
  await host.context().close()
})
