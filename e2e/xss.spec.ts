import type { PlanItem } from '#contract/interview/plan.ts'
import { OWN_QUESTIONS, RoomClient, Writer } from '../server/interview/testing/room-client.ts'
import { openAsCandidate, openAsHost, newVisitor } from './support/interview.ts'
import { open } from './support/page.ts'
import { PAYLOADS } from './support/payloads.ts'
import { expect, test, type Page } from './support/test.ts'
import { retype } from './support/typing.ts'

/** Hands the page what the payloads call, and watches for dialogs. */
async function watch(page: Page, ran: string[]): Promise<void> {
  await page.exposeBinding('ran', ({ page: where }) => ran.push(where.url()))
  page.on('dialog', (dialog) => {
    ran.push(`a dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
}

/** Nothing ran, and no element came of a payload. */
async function expectText(page: Page, ran: string[]): Promise<void> {
  expect(
    await page.locator('img[src="x"], iframe[srcdoc], [onerror], [onload], [ontoggle], [onfocus]').count(),
  ).toBe(0)
  expect(await page.locator('a[href^="javascript:" i]').count()).toBe(0)
  expect(ran).toEqual([])
}

/** Opens a tab of the playground and waits for its content. */
async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('tab', { name }).click()
  await expect(page.getByRole('tabpanel', { name })).toBeVisible()
  await expect(page.getByText(/^Loading /)).toHaveCount(0)
}

test('two hundred payloads in requests, rows and pasted commands are text in the playground', async ({
  page,
}) => {
  const ran: string[] = []
  await watch(page, ran)
  expect(new Set(PAYLOADS).size).toBe(200)

  await test.step('rows: names and bios', async () => {
    await open(page, '/playground')
    const few = PAYLOADS.filter((payload) => payload.length <= 50).filter(
      (_payload, place) => place % 20 === 0,
    )
    const statuses = await page.evaluate(
      async ([names, all]) => {
        // This browser gets its own sandbox first: without a cookie these rows would be in the shared one.
        await fetch('/api/sandbox')
        const answers = names.map((name, place) =>
          fetch('/users/', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({
              name,
              email: `attack${place}@example.com`,
              password: 'three green boats',
              bio: all
                .slice(place * 6, place * 6 + 6)
                .join(' ')
                .slice(0, 280),
            }),
          }),
        )
        return (await Promise.all(answers)).map(({ status }) => status)
      },
      [few, [...PAYLOADS]] as const,
    )
    expect(new Set(statuses)).toEqual(new Set([201]))
    await retype(page.getByRole('textbox', { name: 'Path' }), '/users/?limit=100')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.locator('.status')).toHaveText('200 OK')
    await expectText(page, ran)
    for (const tab of ['Inside', 'Store', 'Token', 'History']) {
      await openTab(page, tab)
      await expectText(page, ran)
    }
    await page.getByRole('tab', { name: 'Store' }).click()
    await expect(page.getByRole('cell', { name: few[0] ?? '' }).first()).toBeVisible()
  })

  await test.step('all of them: body, headers, path, and the response that repeats them', async () => {
    const body = JSON.stringify({ name: PAYLOADS, email: PAYLOADS[0], password: PAYLOADS[1], bio: PAYLOADS })
    const quoted = body.replaceAll("'", `'\\''`)
    await page.getByRole('button', { name: 'Paste curl' }).click()
    await page
      .getByRole('dialog')
      .getByRole('textbox')
      .fill(
        `curl -X POST '/users/?q=<svg/onload=ran(1)>' -H 'X-Attack: <img src=x onerror=ran(1)>' -H 'Content-Type: application/json' -d '${quoted}'`,
      )
    await page.getByRole('dialog').getByRole('button', { name: 'Import' }).click()
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(page.locator('.status')).toHaveText(/^422/)
    await page.getByRole('tab', { name: 'Response' }).click()
    await expectText(page, ran)
    for (const tab of ['Inside', 'Store', 'History']) {
      await openTab(page, tab)
      await expectText(page, ran)
    }
  })
})

test('two hundred payloads in a room are text on both sides, live and in the report', async ({
  page: host,
  browser,
  baseURL,
}) => {
  const ran: string[] = []
  const candidate = await newVisitor(browser, baseURL)
  await watch(host, ran)
  await watch(candidate, ran)
  const [one = '', two = '', three = ''] = PAYLOADS.filter((payload) => payload.length < 60)
  const questions = OWN_QUESTIONS.map(
    (question) =>
      ({
        ...question,
        title: two,
        question: PAYLOADS.slice(0, 20).join(' ').slice(0, 900),
        answer: PAYLOADS.slice(20, 60).join(' ').slice(0, 2_000),
        keyPoints: [one, three],
        note: PAYLOADS.slice(60, 80).join(' ').slice(0, 900),
      }) as PlanItem,
  )
  const room = new RoomClient(baseURL ?? '')
  expect((await room.create(questions)).status).toBe(201)
  expect((await room.addRoom()).status).toBe(200)
  expect((await room.join(one)).status).toBe(200)
  expect((await room.host({ type: 'go-to', question: 'q1' })).status).toBe(200)
  const writer = new Writer()
  expect(
    (await room.seat({ type: 'write', question: 'q1', update: writer.type(PAYLOADS.join('\n')) })).status,
  ).toBe(200)

  await openAsHost(host, room)
  await openAsCandidate(candidate, room)
  await expect(candidate.getByRole('textbox').first()).toHaveValue(PAYLOADS.join('\n'))
  await expect(host.getByText(PAYLOADS.at(-1) ?? '', { exact: false }).first()).toBeVisible()
  await expectText(host, ran)
  await expectText(candidate, ran)

  expect((await room.host({ type: 'end' })).status).toBe(200)
  for (const part of ['/report', '/replay']) {
    await openAsHost(host, room, part)
    await expect(host.getByRole('heading', { level: 1 })).toBeVisible()
    await expectText(host, ran)
  }
  await open(host, `/interview/${room.id}#key=${room.key}`)
  await expect(host.getByText(one, { exact: false }).first()).toBeVisible()
  await expectText(host, ran)
})
