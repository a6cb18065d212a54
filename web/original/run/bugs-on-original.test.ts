// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { loadDeck } from '../../../deck/load.ts'
import { NoWheels } from '../../../original/tab/bundle/wheels.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { tabInNode } from '../testing/tab-in-node.ts'
import { tryBug } from '../testing/try-bug.ts'

vi.stubGlobal('location', new URL('http://viva.test/'))

const deck = await loadDeck('content/lessons')
const bugs = deck.flatMap((lesson) => lesson.practice.bugs.map((bug) => ({ lesson, bug })))
const tab = await tabInNode().catch((error: unknown) => {
  if (!(error instanceof NoWheels)) throw error
  leaveOut(`Bugs were not tried on real FastAPI: ${error.message}`)
  return null
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
