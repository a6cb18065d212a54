import { newKey, RoomClient, Writer } from '../server/interview/testing/room-client.ts'
import { hasPdfText } from '../scripts/pdf-text.mjs'
import { open } from './support/page.ts'
import { openAsCandidate, openAsHost } from './support/interview.ts'
import { notPrinted, printed, textsToPrint } from './support/pdf.ts'
import { expect, test, type Page } from './support/test.ts'

const LONG = 'It depends on what is meant, and there are several things to say about that. '.repeat(12)

/** All 17 lessons asked, answered at length, scored with notes, by two who have handed in. */
async function fullRoom(baseURL: string | undefined, slugs: string[]): Promise<RoomClient> {
  const room = new RoomClient(baseURL ?? '')
  await room.open(
    slugs.map(
      (slug) => ({ ...{ from: 'lesson', slug, minutes: 4, playground: 'requests' }, note: '' }) as const,
    ),
  )
  const key = newKey()
  await room.interview({ type: 'add-interviewer', interviewer: crypto.randomUUID(), name: 'Jon', key })
  for (let at = 1; at <= slugs.length; at += 1) {
    const question = `q${at}`
    await room.host({ type: 'go-to', question })
    if (at === 2) await room.host({ type: 'reveal', question })
    await room.seat({ type: 'write', question, update: new Writer().type(LONG) })
    for (const who of [room.key, key]) {
      await room.host({ type: 'score', question, score: 3 }, who)
      await room.host({ type: 'write-notes', question, update: new Writer().type(LONG) }, who)
    }
  }
  for (const who of [room.key, key]) {
    for (const question of [null, 'strengths', 'concerns'] as const) {
      await room.host({ type: 'write-notes', question, update: new Writer().type(LONG) }, who)
    }
  }
  await room.host({ type: 'tick', question: 'q1', keyPoint: 0, ticked: true }, key)
  await room.host({ type: 'mark-not-assessed', question: 'q3', notAssessed: true }, key)
  await room.host({ type: 'end' })
  await room.host({ type: 'recommend', recommendation: 'strong-no' }, key)
  for (const who of [room.key, key]) await room.host({ type: 'hand-in' }, who)
  return room
}

test('the interview kit prints each of all 17 questions on a page of its own', async ({
  page,
  baseURL,
  request,
}) => {
  const lessons = (await (await request.get('/interview-questions.json')).json()) as { slug: string }[]
  const room = new RoomClient(baseURL ?? '')
  await room.create(
    lessons.map(
      ({ slug }) => ({ ...{ from: 'lesson', slug, minutes: 4, playground: 'requests' }, note: '' }) as const,
    ),
  )
  await open(page, `/interview/${room.id}/kit#key=${room.key}`)
  await expect(page.getByRole('article')).toHaveCount(lessons.length)
  const texts = await textsToPrint(page)
  for (const format of ['A4', 'Letter'] as const) {
    const paper = await printed(page, format)
    expect(paper.sheets).toBe(lessons.length)
    expect(notPrinted(texts, paper)).toEqual([])
  }
})

async function sheets(page: Page, format: 'A4' | 'Letter'): Promise<number> {
  const pdf = await page.pdf({ format })
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0
}

test('a report of all 17 questions prints on two sheets, and in full on as many as it takes', async ({
  page,
  baseURL,
  request,
}) => {
  await page.addInitScript(() => {
    window.print = () => {
      const left = document.querySelector('.screen.no-print') !== null
      document.title = left ? 'two sheets' : 'all of the screen'
    }
  })
  const lessons = (await (await request.get('/interview-questions.json')).json()) as { slug: string }[]
  const room = await fullRoom(
    baseURL,
    lessons.map(({ slug }) => slug),
  )
  await openAsHost(page, room, '/report')
  await expect(page.getByRole('heading', { name: 'Jon: overall notes' })).toBeVisible()
  expect(await sheets(page, 'A4')).toBe(2)
  expect(await sheets(page, 'Letter')).toBe(2)

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByText(/^1 of \d+ \(Ida 0, Jon 1\)$/).filter({ visible: true })).toHaveCount(1)
  await expect(page.getByRole('cell', { name: 'not assessed' }).filter({ visible: true })).toHaveCount(1)
  await expect(page.getByText('Jon: Strong no').filter({ visible: true })).toHaveCount(1)
  await expect(page.getByText('the model answer was shown').filter({ visible: true })).toHaveCount(1)
  await page.emulateMedia({ media: 'screen' })
  for (const [button, printed] of [
    ['Print everything', 'all of the screen'],
    ['Print two pages', 'two sheets'],
  ] as const) {
    await page.getByRole('button', { name: button }).click()
    await expect.poll(() => page.title()).toBe(printed)
  }
})

test("the full report and the candidate's report print without losing a line", async ({
  page,
  browser,
  baseURL,
  request,
}) => {
  test.skip(!hasPdfText(), 'pdftotext is not installed')
  // While the dialog of the browser is open, the page stands still: here it stays as it was then.
  await page.addInitScript(() => {
    window.print = () => (document.body.innerHTML = String(document.body.innerHTML))
  })
  const lessons = (await (await request.get('/interview-questions.json')).json()) as { slug: string }[]
  const room = await fullRoom(
    baseURL,
    lessons.map(({ slug }) => slug),
  )
  await openAsHost(page, room, '/report')
  for (const part of ['Their own answers', 'Your scores']) await page.getByLabel(part).check()
  await page.getByRole('button', { name: 'Share this' }).click()
  await expect(page.getByText('Shared. The candidate can see it')).toBeVisible()
  await page.getByRole('button', { name: 'Print everything' }).click()
  await expect(page.locator('.screen:not(.no-print)')).toBeVisible()
  const candidate = await browser.newPage(baseURL === undefined ? {} : { baseURL })
  await openAsCandidate(candidate, room, '/report')
  await expect(candidate.getByText('It depends on what is meant').first()).toBeVisible()
  for (const [reader, least] of [
    [page, 200],
    [candidate, 50],
  ] as const) {
    const texts = await textsToPrint(reader)
    expect(texts.length).toBeGreaterThan(least)
    for (const format of ['A4', 'Letter'] as const) {
      const paper = await printed(reader, format)
      const { cut, blank } = paper
      expect({ missing: notPrinted(texts, paper), cut, blank }).toEqual({ missing: [], cut: [], blank: 0 })
    }
  }
  await candidate.close()
})
