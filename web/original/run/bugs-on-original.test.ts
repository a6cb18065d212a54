// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { loadDeck } from '../../../deck/load.ts'
import { NoWheels } from '../../../original/tab/bundle/wheels.ts'
import { judgeBug } from '#contract/judge-bug.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { OWN_FILES } from '../files/own-files.ts'
import { tabInNode } from '../testing/tab-in-node.ts'
import { tryBug } from '../testing/try-bug.ts'
import { runBug } from './run-bug.ts'

vi.stubGlobal('location', new URL('http://viva.test/'))

const decks = await Promise.all(
  ['content/lessons', 'deck/testing/second-deck'].map((folder) => loadDeck(folder)),
)
const bugs = decks.flat().flatMap((lesson) => lesson.practice.bugs.map((bug) => ({ lesson, bug })))
const tab = await tabInNode().catch((error: unknown) => {
  if (!(error instanceof NoWheels)) throw error
  leaveOut(`Bugs were not tried on real FastAPI: ${error.message}`)
  return null
})

test('each lesson of this deck has a bug to fix', () => {
  expect(decks[0]?.filter(({ practice }) => practice.bugs.length === 0).map(({ name }) => name)).toEqual([])
})

test.skipIf(!tab).each(bugs.map(({ lesson, bug }) => [lesson.name, bug.id, { lesson, bug }] as const))(
  '%s, %s: real FastAPI shows the bug and each near miss by exactly the claims they name, and the solution passes',
  { timeout: 600_000 },
  async (_name, _id, { lesson, bug }) => {
    if (!tab) return
    const states = await tryBug(tab, bug, lesson)
    expect(states.flatMap(({ problems }) => problems)).toEqual([])
  },
)

test.skipIf(!tab)('a fix that breaks what a test needs before doesn’t pass', async () => {
  const { lesson, bug } = bugs.find((each) => each.bug.id === 'deleted-and-still-there') ?? {}
  if (!tab || !lesson || !bug) throw new Error('there is no such bug')
  const auth = OWN_FILES['routers/auth.py'] ?? ''
  const files = { 'routers/auth.py': auth.replace('"/login"', '"/sign-in"') }
  expect(files['routers/auth.py']).not.toBe(auth)
  expect(await tab.apply(files, { keepData: false })).toMatchObject({ ok: true })
  const run = { ...lesson, isFresh: true }
  const { claims } = await runBug(tab, bug, run, () => undefined, new AbortController().signal)
  expect(claims.find(({ name }) => name === 'delete/gone')?.held).toBe(false)
  expect(judgeBug(bug, { starts: true, claims }).passed).toBe(false)
})
