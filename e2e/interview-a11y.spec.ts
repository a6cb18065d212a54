import { newKey, RoomClient, Writer } from '../server/interview/testing/room-client.ts'
import { bugQuestion, questionWith } from '../server/interview/testing/task-room.ts'
import { faultsInBothThemes } from './support/axe.ts'
import { openAsCandidate, openAsHost, openedRoom } from './support/interview.ts'
import { open } from './support/page.ts'
import { expect, test, type Page } from './support/test.ts'

interface Given {
  page: Page
  room: RoomClient
}

const ANSWER = `${'An answer. '.repeat(30)}
\`\`\`
@app.get('/')
def get(id):  # a comment
    return 1
\`\`\``

async function asked({ room }: Given): Promise<void> {
  await room.host({ type: 'go-to', question: 'q1' })
  await room.seat({ type: 'write', question: 'q1', update: new Writer().type(ANSWER) })
  await room.host({ type: 'open-follow-up', question: 'q1', followUp: 0 })
  await room.host({ type: 'tick', question: 'q1', keyPoint: 0, ticked: true })
  await room.host({ type: 'flag', question: 'q1', redFlag: 0, raised: true })
  const source = { kind: 'answer' as const, words: 'An answer.', position: 11 }
  for (const kind of ['key-point', 'red-flag'] as const) {
    const target = { kind, index: 0 }
    await room.host({ type: 'quote', quote: crypto.randomUUID(), question: 'q1', target, source })
  }
  await room.host({ type: 'score', question: 'q1', score: 2 })
}

async function over(given: Given): Promise<void> {
  await asked(given)
  await given.room.host({ type: 'end' })
  await given.room.host({ type: 'hand-in' })
  const parts = { answers: true, requests: true, times: true, modelAnswers: true, study: ['08-jwt'] }
  await given.room.host({
    type: 'share',
    parts,
    card: { scores: true, keyPoints: true, notes: true, strengths: true },
  })
}

/** Two interviewers, who differ on a question and in what they recommend. */
async function debriefed(given: Given): Promise<void> {
  const { room } = given
  await asked(given)
  const jon = newKey()
  await room.interview({ type: 'add-interviewer', interviewer: crypto.randomUUID(), name: 'Jon', key: jon })
  await room.host({ type: 'score', question: 'q1', score: 0 }, jon)
  await room.host({ type: 'write-notes', question: 'q1', update: new Writer().type('Guessed.') }, jon)
  await room.host({ type: 'end' })
  await room.host({ type: 'write-notes', question: 'strengths', update: new Writer().type('Calm.') })
  await room.host({ type: 'recommend', recommendation: 'yes' })
  await room.host({ type: 'recommend', recommendation: 'strong-no' }, jon)
  for (const key of [room.key, jon]) await room.host({ type: 'hand-in' }, key)
}

/** A room on the candidate's own time, at the same server. */
async function alone({ origin }: RoomClient): Promise<RoomClient> {
  const room = new RoomClient(origin)
  await room.create()
  await room.addRoom({ startBy: Date.now() + 3_600_000, endBy: Date.now() + 7_200_000 })
  await room.join()
  return room
}

/** A room in which a question with a task and starter code has been asked. */
async function tasked({ origin }: RoomClient): Promise<RoomClient> {
  const snippets = [{ language: 'python' as const, code: 'def find(id):\n    return None' }]
  const room = await new RoomClient(origin).open([
    { ...questionWith({ lesson: '12-errors', id: 'router-404' }), snippets },
  ])
  await room.host({ type: 'go-to', question: 'q1' })
  return room
}

/** A room in which a bug of the deck is to be fixed, with one file changed. */
async function withBug({ origin }: RoomClient): Promise<RoomClient> {
  const bug = { lesson: '07-password-hashing', id: 'hash-in-the-response' }
  const room = await new RoomClient(origin).open([bugQuestion(bug)])
  await room.host({ type: 'go-to', question: 'q1' })
  const update = new Writer().type('class UserOut:\n    pass\n')
  await room.seat({ type: 'edit-file', question: 'q1', file: 'schemas.py', update })
  const claims = [{ name: 'profile/no-such-key', held: false }]
  const run = { files: '00000000', error: null, claims }
  await room.seat({ type: 'report-run', question: 'q1', run })
  await room.host({ type: 'keep-run', question: 'q1', run })
  return room
}

/** Each page and state, and how to get there. */
const states: Record<string, (given: Given) => Promise<unknown>> = {
  'the way in': ({ page }) => open(page, '/interview'),
  prepare: async ({ page }) => {
    await open(page, '/interview/new')
    await page.getByRole('button', { name: 'Suggest a set' }).click()
    await page
      .getByRole('list', { name: 'Chosen questions' })
      .getByLabel(/Who is asked/)
      .first()
      .selectOption('A')
    await page.getByLabel('Questions to draw from pool A').waitFor()
  },
  'prepare, an own question': async ({ page }) => {
    await open(page, '/interview/new')
    await page.getByRole('button', { name: 'Add your own question' }).click()
    await page.getByText('Custom rubric').click()
  },
  dashboard: async ({ page, room }) => {
    await open(page, `/interview/${room.id}#key=${room.key}`)
    await page.getByText('QR code and link').click()
    await page.getByRole('button', { name: 'On their own time' }).click()
    await page.getByRole('heading', { name: 'Side by side' }).waitFor()
  },
  'dashboard, an invitation and extra time': async ({ page, room }) => {
    await open(page, `/interview/${room.id}#key=${room.key}`)
    await page.getByText('Invitation', { exact: true }).click()
    await page.getByRole('button', { name: 'Extra time …' }).click()
    await page.getByRole('button', { name: 'Save', exact: true }).waitFor()
  },
  'what to listen for': async ({ page }) => {
    await open(page, '/interview/new')
    await page.getByText('What to listen for').first().click()
    await page.getByText('An answer that would get a 4').first().waitFor()
  },
  kit: async ({ page, room }) => {
    await open(page, `/interview/${room.id}/kit#key=${room.key}`)
    await page.getByRole('heading', { name: /Interview kit/ }).waitFor()
  },
  'live, a question announced': async ({ page, room }) => {
    await room.host({ type: 'go-to', question: 'q1' })
    await openAsHost(page, room)
    await room.host({ type: 'announce', question: 'q2' })
    await page
      .getByText(/^(Undo|now)$/)
      .first()
      .waitFor()
  },
  'an interview that does not open': ({ page, room }) => open(page, `/interview/${room.id}`),
  'live, nothing asked': async ({ page, room }) => {
    await openAsHost(page, room)
    await page.getByRole('button', { name: 'Ask the first question' }).waitFor()
  },
  'live, all open': async (given) => {
    await asked(given)
    await openAsHost(given.page, given.room)
    await given.page.getByText('Model answer', { exact: true }).click()
  },
  'live, a bug to fix': async ({ page, room }) => {
    await openAsHost(page, await withBug(room))
    await page.getByRole('group', { name: 'What changed in schemas.py' }).waitFor()
    await page.getByRole('button', { name: /^Run it here/ }).click()
    await page.getByText('read it before you run it').waitFor()
  },
  'the candidate’s room, a bug to fix': async ({ page, room }) => {
    await openAsCandidate(page, await withBug(room))
    await page.getByRole('button', { name: 'What I changed (1)' }).click()
    await page.locator('.cm-content').waitFor()
  },
  'live, about to end': async (given) => {
    await asked(given)
    await openAsHost(given.page, given.room)
    await given.page.getByRole('button', { name: 'Show the model answer' }).click()
    await given.page.getByRole('button', { name: 'End …' }).click()
    await given.page.getByRole('button', { name: 'End the interview' }).waitFor()
  },
  'live, evidence chosen': async (given) => {
    await asked(given)
    await openAsHost(given.page, given.room)
    await given.page.getByRole('group', { name: 'The candidate’s answer' }).focus()
    await given.page.keyboard.press('ArrowDown')
    await given.page.getByRole('group', { name: 'Use as evidence for' }).waitFor()
  },
  'live, a task tried, and a minute asked for': async ({ page, room: { origin } }) => {
    const room = await tasked(new RoomClient(origin))
    await room.seat({ type: 'expect', question: 'q1', text: 'A 404 from the router' })
    const seat = await room.seatStream()
    const first = await seat.until(({ kind }) => kind === 'view')
    seat.close()
    const sandbox = first.kind === 'view' ? first.view.sandbox : ''
    await fetch(`${origin}/users/99`, { headers: { 'X-Sandbox': sandbox } })
    await room.seat({ type: 'signal', question: 'q1', signal: 'more-time' })
    await openAsHost(page, room)
    await page.getByRole('region', { name: /^Task/ }).getByText('Near miss:').waitFor()
  },
  'live, over': async (given) => {
    await over(given)
    await openAsHost(given.page, given.room)
    await given.page.getByText('Submitted at').waitFor()
  },
  'live, over and something is missing': async (given) => {
    await asked(given)
    await given.room.host({ type: 'mark-not-assessed', question: 'q1', notAssessed: true })
    await given.room.host({ type: 'end' })
    await openAsHost(given.page, given.room)
    await given.page.getByRole('button', { name: 'Submit your scorecard' }).click()
    await given.page.getByText('You haven’t given a recommendation.').waitFor()
  },
  debrief: async (given) => {
    await debriefed(given)
    await openAsHost(given.page, given.room, '/debrief')
    await given.page.getByRole('heading', { name: 'Recommendations differ' }).waitFor()
  },
  report: async (given) => {
    await over(given)
    await openAsHost(given.page, given.room, '/report')
    await given.page.getByText('As the candidate would see it').click()
  },
  'one question across candidates': async (given) => {
    await asked(given)
    await given.room.host({ type: 'end' })
    await open(given.page, `/interview/${given.room.id}/across#key=${given.room.key}`)
    await given.page.getByRole('group', { name: 'The candidate’s answer' }).waitFor()
  },
  replay: async (given) => {
    await over(given)
    await openAsHost(given.page, given.room, '/replay')
    await given.page.getByRole('button', { name: 'Next', exact: true }).click()
  },
  'join, a code': ({ page }) => open(page, '/join'),
  'join, what is recorded': async ({ page, room }) => {
    await room.host({ type: 'readmit' })
    await open(page, `/join/${room.code}`)
    await page.getByLabel(/Your name/).waitFor()
  },
  'candidate, waiting': async ({ page, room }) => {
    await openAsCandidate(page, room)
    await page.getByText('Welcome, Cleo').waitFor()
  },
  'candidate, asked': async (given) => {
    await asked(given)
    await openAsCandidate(given.page, given.room)
    await given.page.getByRole('button', { name: 'Send', exact: true }).waitFor()
  },
  'join, with a code that is taken': async ({ page, room }) => {
    await open(page, `/join/${room.code}`)
    await page.getByRole('heading', { name: 'Someone has already joined with this code' }).waitFor()
  },
  'candidate, before a task': async ({ page, room: { origin } }) => {
    await openAsCandidate(page, await tasked(new RoomClient(origin)))
    await page.getByLabel('What do you expect?').waitFor()
  },
  'candidate, alone before the first question': async ({ page, room }) => {
    await openAsCandidate(page, await alone(room))
    await page.getByRole('button', { name: 'Start' }).waitFor()
  },
  'candidate, alone and about to leave a question': async ({ page, room }) => {
    const own = await alone(room)
    await own.seat({ type: 'begin' })
    await openAsCandidate(page, own)
    await page.getByRole('button', { name: 'Leave this question' }).click()
    await page.getByRole('button', { name: 'Leave question' }).waitFor()
  },
  'candidate, cut off': async (given) => {
    await asked(given)
    await openAsCandidate(given.page, given.room)
    await given.page.getByLabel('Your answer').waitFor()
    await given.page.context().setOffline(true)
    await given.page.getByText('Connection lost').waitFor()
  },
  'candidate, over': async (given) => {
    await over(given)
    await openAsCandidate(given.page, given.room)
    await given.page.getByRole('link', { name: 'open your report' }).waitFor()
  },
  'candidate, report': async (given) => {
    await over(given)
    await openAsCandidate(given.page, given.room, '/report')
    await given.page.getByText('gave 2 of 4').waitFor()
  },
  'not found': ({ page }) => open(page, '/interview/a/b/c/d'),
}

for (const [name, reach] of Object.entries(states)) {
  test(`axe finds nothing, and nothing is wider than a screen of 320 px: ${name}`, async ({
    page,
    baseURL,
  }) => {
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
    const room = await openedRoom(baseURL)
    await reach({ page, room })
    expect(await faultsInBothThemes(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 700 })
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(320)
  })
}
