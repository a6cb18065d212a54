import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadDeck } from '../load.ts'

const LESSON = '02-idempotence'
const BUGS = `${LESSON}/bugs.yaml`

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const read = () => readFile(join(folder, BUGS), 'utf8')

/** The faults of the deck, each with the path of its file in the deck. */
async function faults(): Promise<string[]> {
  const error: unknown = await loadDeck(folder).catch((thrown: unknown) => thrown)
  if (!(error instanceof Error)) return []
  return error.message.split('\n').map((line) => line.replace(/^\S*?(\d\d-)/, '$1'))
}

/** The line of bugs.yaml, from 1, in which a text begins after others. */
async function lineOf(...texts: string[]): Promise<number> {
  const text = await read()
  const place = texts.reduce((from, part) => text.indexOf(part, from), 0)
  expect(place, texts.join(' … ')).toBeGreaterThanOrEqual(0)
  return text.slice(0, place).split('\n').length
}

interface Mistake {
  from: string
  to: string
  /** Texts that come before the line in which it is reported, the last of which stands in it. */
  at: string[]
  says: string
}

const DELETE = 'db.delete(user)\n              db.commit()'

const MISTAKES: Record<string, Mistake> = {
  'a file that the project doesn’t have': {
    from: 'file: routers/users.py',
    to: 'file: routers/user.py',
    at: ['file: routers/user.py'],
    says: 'a bug can’t be in "routers/user.py" (did you mean "routers/users.py"?)',
  },
  'a file that is only a list of words': {
    from: 'file: routers/users.py',
    to: 'file: common_passwords.py',
    at: ['file: common_passwords.py'],
    says: 'a bug can’t be in "common_passwords.py"',
  },
  'text that isn’t in the file': {
    from: DELETE,
    to: 'db.remove(user)\n              db.commit()',
    at: ['replace:'],
    says: 'routers/users.py has no line “db.remove(user)”',
  },
  'lines with another indentation': {
    from: `|2-\n              ${DELETE}`,
    to: `|-\n              ${DELETE}`,
    at: ['replace:'],
    says: 'routers/users.py has these lines, but not one after the other with this indentation (in YAML, |2- keeps the spaces before the first line)',
  },
  'text that is in the file several times': {
    from: `              ${DELETE}`,
    to: '              db.commit()',
    at: ['replace:'],
    says: 'routers/users.py has this text 4 times, in lines ',
  },
  'a solution for the project without the bug': {
    from: 'replace: |2-\n              db.delete(user)\n        with: |2-\n              db.delete(user)\n              db.commit()',
    to: `replace: |2-\n              ${DELETE}\n        with: |2-\n              db.delete(user)`,
    at: ['solution:', 'replace:'],
    says: 'routers/users.py has these lines, but not one after the other',
  },
  'an edit that changes nothing': {
    from: 'with: |2-\n              db.delete(user)\n    steps',
    to: `with: |2-\n              ${DELETE}\n    steps`,
    at: ['with:'],
    says: 'is the same as replace, so this edit changes nothing',
  },
  'edits that undo one another': {
    from: '    steps: [delete]',
    to: `      - file: routers/users.py\n        replace: db.delete(user)\n        with: |2-\n              ${DELETE}\n    steps: [delete]`.replace(
      '|2-\n              db',
      '|-\n          db',
    ),
    at: ['edits:'],
    says: 'these edits undo one another, so that nothing is changed',
  },
  'a step that the lesson doesn’t have': {
    from: 'steps: [delete]',
    to: 'steps: [delet]',
    at: ['steps: ['],
    says: 'no step "delet" in this lesson (did you mean "delete"?)',
  },
  'a check with the id of a step': {
    from: 'id: others',
    to: 'id: log-in',
    at: ['id: log-in'],
    says: 'another check, or a step of the lesson, has the id "log-in"; choose a different one',
  },
  'a check after a step that isn’t there': {
    from: 'after: [delete]',
    to: 'after: [deletes]',
    at: ['after: ['],
    says: 'no earlier step "deletes" (did you mean "delete"?)',
  },
  'a check with a value that nothing saves': {
    from: 'path: /users/1',
    to: 'path: /users/{{user}}',
    at: ['path: /users'],
    says: 'no earlier step saves {{user}}',
  },
  'a check of many requests at once': {
    from: 'path: /users/1',
    to: 'burst: 10\n        path: /users/1',
    at: ['burst:'],
    says: 'FastAPI in the tab has no threads, so a burst isn’t judged; leave it out',
  },
  'a trace step that doesn’t exist': {
    from: 'expect: { status: 200 }',
    to: 'expect: { status: 200, trace: [{ step: users.get_users }] }',
    at: ['step: users.get_users'],
    says: 'no trace step "users.get_users" (did you mean "users.get_user"?)',
  },
  'two claims of a check with one id': {
    from: '            expect: { status: 200 }',
    to: '            expect: { status: 200 }\n          - { id: still-there, sentence: Words., shows: Words., expect: { status: 200 } }',
    at: ['claims:'],
    says: 'two claims of this check have the id "still-there"',
  },
  'a claim that doesn’t exist': {
    from: 'red: [delete/gone]',
    to: 'red: [delete/gonne]',
    at: ['red: ['],
    says: 'no claim "delete/gonne" among those that run (did you mean "delete/gone"?)',
  },
  'a claim of a step that doesn’t run': {
    from: 'red: [delete/gone]',
    to: 'red: [delete/gone, create/one-row]',
    at: ['red: ['],
    says: '"create" isn’t among the steps of this bug; add it',
  },
  'a claim that is named twice': {
    from: 'red: [delete/gone]',
    to: 'red: [delete/gone, delete/gone]',
    at: ['red: ['],
    says: '"delete/gone" is in this list twice',
  },
  'a claim that only the twin shows': {
    from: 'expect: { status: 200 }',
    to: 'expect: { trace: [{ step: users.get_user, detail: [{ path: summary, contains: Ada }] }] }',
    at: ['nearMisses:', 'red: ['],
    says: '"others/still-there" compares times, or is judged on the twin only, so it can’t be red; name another claim, or add a check',
  },
  'a claim that compares two times': {
    from: 'expect: { status: 200 }',
    to: 'expect: { trace: [{ step: users.get_user, longerThan: response.send }] }',
    at: ['nearMisses:', 'red: ['],
    says: '"others/still-there" compares times, or is judged on the twin only, so it can’t be red',
  },
  'no claim under red': {
    from: 'red: [delete/gone]',
    to: 'red: []',
    at: ['id: deleted'],
    says: 'no claim is under red; npm run bugs shows which ones are false',
  },
  'red claims of a project that doesn’t start': {
    from: 'red: [delete/gone]',
    to: 'red: [delete/gone]\n    starts: false',
    at: ['starts: false'],
    says: 'a project that doesn’t start has no red claims; keep red or starts: false',
  },
  'a near miss that looks like the bug': {
    from: 'red: [others/still-there]',
    to: 'red: [delete/gone]',
    at: ['nearMisses:', 'red: ['],
    says: 'this is also the symptom of the bug itself, so a near miss can’t be recognised by it; add a check that tells them apart',
  },
  'two near misses that look alike': {
    from: '        starts: false\n',
    to: '        red: [others/still-there]\n',
    at: ['commit=True', 'red: ['],
    says: 'this is also the symptom of near miss 1,',
  },
  'the id of a task': {
    from: 'id: deleted-and-still-there',
    to: 'id: second-sign-up',
    at: ['id: second-sign-up'],
    says: 'another task or quiz of this lesson has the id "second-sign-up"; choose a different one',
  },
  'a misconception that nobody described': {
    from: '        starts: false\n',
    to: '        starts: false\n        misconception: idempotent-means-same\n',
    at: ['misconception:'],
    says: 'no misconception "idempotent-means-same" in this deck (did you mean "idempotent-means-same-answer"?)',
  },
  'a single hint': {
    from: '      - Every other handler that changes a row ends with `db.commit()`.\n',
    to: '',
    at: ['hints:'],
    says: 'bugs.0.hints: needs at least 2 items',
  },
  HTML: {
    from: '**still**',
    to: '<b>still</b>',
    at: ['ask:'],
    says: 'HTML is shown as it is written: put <b> between backticks, or write Markdown',
  },
  'two paragraphs about a near miss': {
    from: 'says: That commits, and',
    to: 'says: |-\n          That commits.\n\n          And it',
    at: ['says:'],
    says: 'must be one paragraph',
  },
  'an unknown key': {
    from: 'solution:',
    to: 'solutions:',
    at: ['solutions:'],
    says: 'no such key "solutions" in bugs.0 (did you mean "solution"?)',
  },
}

test.each(Object.entries(MISTAKES))('%s is a fault, in its line', async (_, { from, to, at, says }) => {
  expect(await faults()).toEqual([])
  const before = await read()
  expect(before).toContain(from)
  await writeFile(
    join(folder, BUGS),
    before.replace(from, () => to),
  )
  const found = await faults()
  const line = await lineOf(...at)
  const about = (place: string) => found.filter((fault) => fault.startsWith(place)).join('\n')
  expect(about(`${BUGS}:`), found.join('\n')).toContain(says)
  expect(about(`${BUGS}:${line}: `), found.join('\n')).toContain(says)
})

test('two bugs with one id are a fault', async () => {
  const text = await read()
  await writeFile(join(folder, BUGS), text + text.replace('bugs:\n', ''))
  expect(await faults()).toEqual([
    expect.stringContaining('another bug of this lesson has the id "deleted-and-still-there"'),
  ])
})

test('the symptoms that a run is to find may be missing for it', async () => {
  await writeFile(join(folder, BUGS), (await read()).replaceAll(/red: \[.*\]/g, 'red: []'))
  const deck = await loadDeck(folder, process.cwd(), { withoutRuns: true })
  expect(deck[1]?.practice.bugs).toMatchObject([{ red: [] }])
})

test('a lesson without bugs.yaml has nothing to fix, and no fault', async () => {
  await rm(join(folder, BUGS))
  const deck = await loadDeck(folder)
  expect(deck.flatMap(({ practice }) => practice.bugs)).toEqual([])
})
