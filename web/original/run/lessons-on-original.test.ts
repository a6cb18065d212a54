// @vitest-environment node
import { expect, test, vi } from 'vitest'
import { loadDeck } from '../../../deck/load.ts'
import { NoWheels } from '../../../original/tab/bundle/wheels.ts'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import type { Lesson } from '#contract/lesson.ts'
import { OWN_FILES } from '../files/own-files.ts'
import { tabInNode } from '../testing/tab-in-node.ts'
import { runLesson } from './run-steps.ts'

vi.stubGlobal('location', new URL('http://viva.test/'))

const deck = await loadDeck('content/lessons')
const tab = await tabInNode().catch((error: unknown) => {
  if (!(error instanceof NoWheels)) throw error
  leaveOut(`Claims were not judged on real FastAPI: ${error.message}`)
  return null
})

/** Claims by what came of them, as `step/claim`, when a lesson runs on real FastAPI. */
async function judged(lesson: Pick<Lesson, 'slug' | 'steps'>): Promise<Record<string, string[]>> {
  if (!tab) return {}
  const signal = new AbortController().signal
  const runs = await runLesson(tab, { ...lesson, isFresh: false }, () => undefined, signal)
  const all = runs.flatMap(({ step, outcome }) =>
    outcome.kind === 'reply' ? outcome.reply.judgements.map((one) => ({ step, ...one })) : [],
  )
  const of = (state: string) =>
    all.filter((one) => one.state === state).map(({ step, claim }) => `${step.id}/${claim.id}`)
  const partly = all.filter((one) => one.partly).map(({ claim }) => JSON.stringify(claim.expect))
  return { held: of('held'), failed: of('failed'), twinOnly: of('twin-only'), partly }
}

test.skipIf(!tab)(
  'every claim of every lesson that real FastAPI gives evidence of is true there, too',
  { timeout: 1_200_000 },
  async () => {
    const counts = { held: 0, twinOnly: 0 }
    const halves: string[] = []
    for (const lesson of deck) {
      const { held = [], failed, twinOnly = [], partly = [] } = await judged(lesson)
      expect(failed, lesson.slug).toEqual([])
      halves.push(...partly)
      counts.held += held.length
      counts.twinOnly += twinOnly.length
    }
    // Bursts, which are the twin's, aren't among them.
    expect(counts.held).toBeGreaterThan(150)
    expect(counts.twinOnly).toBeLessThan(2)
    // Only pages of documentation and the twin's own words aren't judged; what was refused is.
    expect(halves.filter((claim) => !/"text":|"path":"summary"/.test(claim))).toEqual([])
  },
)

const users = OWN_FILES['routers/users.py'] ?? ''
const main = OWN_FILES['main.py'] ?? ''

interface Doubt {
  edit: string
  lesson: string
  files: Record<string, string>
  fails: string[]
}

const DOUBTS: Doubt[] = [
  {
    edit: 'a created user sent without a response model',
    lesson: '10-router-post',
    files: { 'routers/users.py': users.replace('response_model=UserOut', 'response_model=None') },
    fails: ['create/says-201'],
  },
  {
    // The answer and the table are the same: only what SQLite refused tells it.
    edit: 'an email that is looked up before it is inserted',
    lesson: '09-creating-tables',
    files: {
      'routers/users.py': users.replace(
        '    db.add(row)\n    try:\n',
        [
          '    if db.scalar(select(User).where(User.email == row.email)):',
          '        raise HTTPException(status_code=400, detail="Email already registered")',
          '    db.add(row)\n    try:\n',
        ].join('\n'),
      ),
    },
    fails: ['again/unique-holds'],
  },
  {
    edit: 'middleware in the other order',
    lesson: '14-middleware',
    files: {
      'main.py': main.replace(/(app\.add_middleware\(Access.*\n)(app\.add_middleware\(Security.*\n)/, '$2$1'),
    },
    fails: ['around/runs-around', 'around/last-is-outermost', 'no-route/wraps-routing'],
  },
]

test.skipIf(!tab).each(DOUBTS)(
  '$edit: sentences of $lesson stop being true',
  { timeout: 600_000 },
  async ({ lesson, files, fails }) => {
    expect(await tab?.apply(files, { keepData: false })).toMatchObject({ ok: true })
    const found = deck.find(({ slug }) => slug === lesson)
    if (!found) throw new Error(lesson)
    expect((await judged(found)).failed).toEqual(fails)
    await tab?.apply({}, { keepData: false })
  },
)
