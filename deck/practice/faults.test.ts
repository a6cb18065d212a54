import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isPair, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import { loadDeck } from '../load.ts'

const LESSON = '02-idempotence'
const PRACTICE = `${LESSON}/practice.yaml`
const KEYS = `${LESSON}/practice.keys.json`

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const read = (file: string) => readFile(join(folder, file), 'utf8')
const write = (file: string, text: string) => writeFile(join(folder, file), text)

/** The faults of the deck, each with the path of its file in the deck. */
async function faults(): Promise<string[]> {
  const error: unknown = await loadDeck(folder).catch((thrown: unknown) => thrown)
  return error instanceof Error
    ? error.message.split('\n').map((line) => line.replace(/^\S*?(\d\d-)/, '$1'))
    : []
}

async function faultsAfter(file: string, from: string, to: string): Promise<string[]> {
  const before = await read(file)
  expect(before).toContain(from)
  await write(
    file,
    before.replace(from, () => to),
  )
  return faults()
}

/** Keys whose value is the name of something else. */
const REFERENCE =
  /^(misconception|step|before|within|longerThan|after|first|second|code|sentence|mistake|keyPoint|claim)$/

/** Each name in practice.yaml that refers to something: its line, its key, and the file with another name in its place. */
async function renamings(): Promise<{ line: number; key: string; name: string; changed: string }[]> {
  const text = await read(PRACTICE)
  const counter = new LineCounter()
  const found: { line: number; key: string; name: string; changed: string }[] = []
  visit(parseDocument(text, { lineCounter: counter }), {
    Scalar(role, node, path) {
      if (role === 'key' || typeof node.value !== 'string' || !node.range) return
      const pair = path.findLast((each) => isPair(each))
      const key = isScalar(pair?.key) ? String(pair.key.value) : ''
      const [begin, end] = node.range
      const source = text.slice(begin, end)
      const name = REFERENCE.test(key) ? node.value : /\{\{(.+?)\}\}/.exec(source)?.[1]
      if (name === undefined) return
      const changed = source.replace(name, `${name}x`)
      expect(changed).not.toBe(source)
      const line = counter.linePos(begin).line
      found.push({ line, key, name, changed: text.slice(0, begin) + changed + text.slice(end) })
    },
  })
  return found
}

test('every name that refers to something is checked: another one is reported at its line, with the nearest right one', async () => {
  const all = await renamings()
  expect(new Set(all.map(({ key }) => key)).size).toBeGreaterThanOrEqual(13)
  for (const { line, key, name, changed } of all) {
    await write(PRACTICE, changed)
    const found = await faults()
    const at = found.filter((fault) => fault.startsWith(`${PRACTICE}:${line}: `))
    expect(at, `${key}: ${name}, in\n${found.join('\n')}`).not.toEqual([])
    expect(at.join('\n')).toContain(`${name}x`)
    expect(at.join('\n')).toContain(`did you mean "${name.replaceAll('`', '')}"?`)
  }
})

test.each([
  [
    'a misconception',
    PRACTICE,
    '- id: idempotent-means',
    '- id: means',
    /practice\.yaml:\d+: no misconception "idempotent-means-same-answer" in this deck/,
  ],
  [
    'a step',
    `${LESSON}/steps.yaml`,
    'id: delete\n',
    'id: remove\n',
    /practice\.yaml:\d+: no step "delete" in this lesson/,
  ],
  [
    'a value that a step saved',
    `${LESSON}/steps.yaml`,
    'email: email',
    'mail: email',
    /practice\.yaml:\d+: .* \{\{email\}\} \(did you mean "mail"\?\)/,
  ],
  [
    'a claim',
    `${LESSON}/steps.yaml`,
    'id: gone',
    'id: lost',
    /practice\.yaml:\d+: no claim "gone" in this lesson/,
  ],
  [
    'a key point',
    `${LESSON}/lesson.md`,
    'Twice has the effect of once',
    'Once is as good as twice',
    /practice\.yaml:\d+: no key point "Twice/,
  ],
  [
    'a common mistake',
    `${LESSON}/lesson.md`,
    '### Idempotent means the same answer',
    '### It means the same',
    /practice\.yaml:\d+: no common mistake "Idempotent/,
  ],
])('%s that is renamed where it is defined is missed where it is named', async (_, file, from, to, fault) => {
  expect((await faultsAfter(file, from, to)).some((line) => fault.test(line))).toBe(true)
})

test.each([
  ['code', 'set-and-add.py', /practice\.yaml:\d+: no practice\/set-and-add\.py/],
  [
    'what code printed',
    'set-and-add.txt',
    /practice\/set-and-add\.py:1: has no output yet: npm run record -- --facts/,
  ],
  ['the mended code', 'set-and-add-mended.py', /practice\.yaml:\d+: needs practice\/set-and-add-mended\.py/],
])('%s that is missing is reported', async (_, name, fault) => {
  await rm(join(folder, LESSON, 'practice', name))
  expect((await faults()).some((line) => fault.test(line))).toBe(true)
})

const OPTIONS = "printed: { matches: '^1 1\\n1 1$' }"
const snippet = `${LESSON}/practice/set-and-add`

test.each([
  [
    'no option fits what was printed',
    `${snippet}.txt`,
    '1 2',
    '1 3',
    /practice\.yaml:\d+: no option fits what set-and-add\.py printed/,
  ],
  [
    'two options fit',
    PRACTICE,
    OPTIONS,
    'printed: { contains: 1 1 }',
    /practice\.yaml:\d+: options 0 and 1 fit what set-and-add\.py printed/,
  ],
  [
    'the mended code prints the same',
    `${snippet}-mended.txt`,
    '1 1\n1 1',
    '1 1\n1 2',
    /practice\.yaml:\d+: set-and-add-mended\.py prints the same/,
  ],
  [
    'the mended code changes no candidate',
    `${snippet}-mended.py`,
    '"added"] = 1',
    '"added"] += 1',
    /practice\.yaml:\d+: the mended code changes none of them/,
  ],
  [
    'the mended code changes two candidates',
    `${snippet}-mended.py`,
    '"set"] = 1',
    '"set"] = 2',
    /practice\.yaml:\d+: the mended code changes 2 of them/,
  ],
  [
    'a candidate stands there twice',
    `${snippet}.py`,
    'history =',
    'counter["added"] += 1\nhistory =',
    /practice\.yaml:\d+: the code has the line "counter\["added"\] \+= 1" 2 times/,
  ],
  [
    'no quiz shows the code',
    PRACTICE,
    'code: set-and-add',
    'code: set-or-add',
    /set-and-add\.py:1: no quiz shows this code \(did you mean "set-or-add"\?\)/,
  ],
  [
    'the code prints times',
    `${snippet}.py`,
    '"""\n',
    '"""\n# measured\n',
    /set-and-add\.py:1: a quiz needs code that prints the same each time/,
  ],
  ['the code has no sentence', `${snippet}.py`, '"""', '#', /set-and-add\.py:1: begin with the sentence/],
  [
    'a wrong option has no feedback',
    PRACTICE,
    '        feedback: Adding to what is there isn’t idempotent.\n',
    '',
    /practice\.yaml:\d+: this option is wrong, and needs feedback/,
  ],
  [
    'a wrong line has no feedback',
    PRACTICE,
    '        feedback: This has the same effect however often it runs.\n',
    '',
    /practice\.yaml:\d+: this option is wrong, and needs feedback/,
  ],
  [
    'the right option has feedback',
    PRACTICE,
    "printed: { matches: '^1 1\\n1 2$' }",
    "printed: { matches: '^1 1\\n1 2$' }\n        feedback: No, no.",
    /practice\.yaml:\d+: this option is the right one, so it has no feedback/,
  ],
  [
    'two options of a prediction have no feedback',
    PRACTICE,
    '        feedback: Two rows with one address? The column is unique.\n',
    '',
    /practice\.yaml:\d+: 2 options have no feedback/,
  ],
  [
    'an id stands there twice',
    PRACTICE,
    'id: second-answer',
    'id: second-sign-up',
    /practice\.yaml:\d+: another task or quiz of this lesson has the id "second-sign-up"/,
  ],
  [
    'a sentence that nothing shows',
    PRACTICE,
    'sentence: A second `DELETE` may answer 404, and the row is gone all the same.',
    'sentence: Sent twice, it has the effect of once.',
    /practice\.yaml:\d+: nothing shows whether "Sent twice, it has the effect of once\." is still true/,
  ],
  [
    'two cards of one step',
    PRACTICE,
    'step: response.send',
    'step: auth.decode_token',
    /practice\.yaml:\d+: there are two cards "auth\.decode_token"/,
  ],
  [
    'a card that is swapped with itself',
    PRACTICE,
    'first: users.delete_user',
    'first: auth.decode_token',
    /practice\.yaml:\d+: first and second are the same card/,
  ],
  [
    'a prediction’s value that isn’t offered',
    PRACTICE,
    'chosen: 200, misc',
    'chosen: two, misc',
    /practice\.yaml:\d+: "Which status does it get\?" before "create" doesn’t offer "two"; wrong choices are \d+/,
  ],
  [
    'the right value of a prediction',
    PRACTICE,
    'chosen: 200, misc',
    'chosen: 201, misc',
    /practice\.yaml:\d+: 201 is the right choice before "create"/,
  ],
  [
    'a prediction explained twice',
    PRACTICE,
    'predictions:\n',
    'predictions:\n  - { step: create, chosen: 200, misconception: post-is-always-200 }\n',
    /practice\.yaml:\d+: an earlier entry explains 200 before "create"/,
  ],
  [
    'a step that asks nothing',
    PRACTICE,
    'step: create, chosen',
    'step: log-in, chosen',
    /practice\.yaml:\d+: nothing is asked before "log-in" runs/,
  ],
  [
    'a status that no step has',
    PRACTICE,
    'step: create, chosen',
    'status: 418, chosen',
    /practice\.yaml:\d+: no step with status 418 offers 200 as a wrong choice/,
  ],
  [
    'a prediction of no step and no status',
    PRACTICE,
    'step: create, chosen',
    'chosen',
    /practice\.yaml:\d+: .*needs step or status, and not both/,
  ],
  [
    'a trap for everything',
    PRACTICE,
    '      - expect: { status: 422 }\n        says',
    '      - says',
    /practice\.yaml:\d+: a trap needs sent or expect/,
  ],
  [
    'HTML',
    PRACTICE,
    'a **valid** sign-up',
    'a <b>valid</b> sign-up',
    /practice\.yaml:\d+: HTML is shown as it is written: put <b> between backticks/,
  ],
  [
    'two paragraphs in an option',
    PRACTICE,
    "says: '`201`, and a second row'",
    'says: "`201`\\n\\na second row"',
    /practice\.yaml:\d+: must be one paragraph/,
  ],
  [
    'emphasis in a belief',
    PRACTICE,
    'gets the same answer',
    'gets the **same** answer',
    /practice\.yaml:\d+: may have code between backticks, and no other Markdown/,
  ],
  [
    'step and requests',
    PRACTICE,
    '    step: delete\n',
    '    step: delete\n    requests: [{ path: /items }]\n',
    /practice\.yaml:\d+: quizzes\.4: needs step or requests, and not both/,
  ],
  [
    'neither step nor requests',
    PRACTICE,
    '    step: delete\n',
    '',
    /practice\.yaml:\d+: quizzes\.4: needs step or requests, and not both/,
  ],
  [
    'a body too many',
    PRACTICE,
    '      path: /users/\n',
    '      path: /users/\n      text: x\n',
    /practice\.yaml:\d+: tasks\.0\.start: a request has only one body/,
  ],
  [
    'an unknown key',
    PRACTICE,
    'nearMiss:',
    'nearmiss:',
    /practice\.yaml:\d+: no such key "nearmiss" in tasks\.0 \(did you mean "nearMiss"\?\)/,
  ],
  [
    'an unknown kind',
    PRACTICE,
    'kind: spot',
    'kind: spots',
    /practice\.yaml:\d+: quizzes\.0.*: kind must be one of spot, predict, order, still-true and mistake/,
  ],
  [
    'an unknown basis',
    PRACTICE,
    'basis: { claim: gone }',
    'basis: { claims: gone }',
    /practice\.yaml:\d+: quizzes\.6\.basis: must be one of \{ mistake: … \}/,
  ],
  [
    'a single hint',
    PRACTICE,
    '      - Which column has to be unique?\n',
    '',
    /practice\.yaml:\d+: tasks\.0\.hints: needs at least 2 items/,
  ],
  [
    'no feedback for other orders',
    PRACTICE,
    '    feedback: First comes who is calling.\n',
    '',
    /practice\.yaml:\d+: quizzes\.4\.feedback: missing/,
  ],
])('%s is a fault', async (_, file, from, to, fault) => {
  const found = await faultsAfter(file, from, to)
  expect(
    found.some((line) => fault.test(line)),
    found.join('\n'),
  ).toBe(true)
})

test.each([
  ['is missing', '', /practice\.yaml:\d+: "repeated-sign-up" has no key yet: npm run practice -- --save/],
  [
    'is broken',
    '{',
    /practice\.keys\.json:1: is not as it was written; npm run practice -- --save writes it again/,
  ],
  [
    'has a key that no quiz needs',
    '"row-is-gone": { "digest": "0", "key": [0] },',
    /practice\.keys\.json:1: has a key for "row-is-gone", which no quiz needs/,
  ],
])('a file of keys that %s is a fault', async (_, begin, fault) => {
  const keys = await read(KEYS)
  if (begin === '') await rm(join(folder, KEYS))
  else await write(KEYS, keys.replace('{', `{${begin}`))
  const found = await faults()
  expect(
    found.some((line) => fault.test(line)),
    found.join('\n'),
  ).toBe(true)
})

const STALE =
  /practice\.yaml:\d+: the key of ".+" was found for another definition: npm run practice -- --save/

test.each([
  ['an expectation', PRACTICE, 'when: { status: 201 }', 'when: { status: 202 }'],
  [
    'a request',
    PRACTICE,
    "email: '{{email}}', password: shortest-path }\n    options",
    "email: '{{email}}', password: shorter-path }\n    options",
  ],
  ['a card', PRACTICE, 'step: response.send', 'step: request.validation'],
  ['a step', `${LESSON}/steps.yaml`, 'path: /users/{{id}}', "path: '/users/{{id}}?x=1'"],
  [
    'a step that it needs',
    `${LESSON}/steps.yaml`,
    'username: edsger@example.com',
    'username: ada@example.com',
  ],
])('a key is stale once %s of its quiz has changed', async (_, file, from, to) => {
  expect((await faultsAfter(file, from, to)).filter((line) => STALE.test(line))).toHaveLength(1)
})

test('words may change without a new run', async () => {
  expect(await faultsAfter(PRACTICE, 'says: The token is decoded.', 'says: The token is read.')).toEqual([])
  expect(await faultsAfter(`${LESSON}/steps.yaml`, 'note: Once.', 'note: Only once.')).toEqual([])
})

test('a misconception has one home, and every lesson may refer to it', async () => {
  const [belief] = /- id: idem[\s\S]*?(?=\n {2}- id)/.exec(await read(PRACTICE)) ?? []
  await write('03-media-types/practice.yaml', `misconceptions:\n  ${belief}\n`)
  expect(await faults()).toEqual([
    '03-media-types/practice.yaml:2: "idempotent-means-same-answer" is already a misconception of 02-idempotence; refer to it from here',
  ])
})

test('a statement is a mistake where the lesson has it as one, and else true', async () => {
  const { keys } = await loaded()
  expect(keys).toMatchObject({ 'second-answer': [1], 'once-or-twice': [0], 'delete-leaves-nothing': [0] })
  expect(await faultsAfter(PRACTICE, '{ claim: gone }', '{ fact: it-is-so }')).toEqual([
    expect.stringMatching(/practice\.yaml:\d+: no fact "it-is-so" in this lesson$/),
  ])
})

test('dated words make a sentence one that no longer holds', async () => {
  expect((await loaded()).keys['row-is-gone']).toEqual([0])
  const dated = 'dated:\n  - { words: may answer 404, today: answers 404 }\nnotShown:'
  expect(await faultsAfter(`${LESSON}/lesson.md`, 'notShown:', dated)).toEqual([])
  expect((await loaded()).keys['row-is-gone']).toEqual([1])
})

test('a lesson without practice.yaml has nothing to practise with, and no fault', async () => {
  const [first] = await loadDeck(folder)
  expect(first?.practice).toEqual({
    ...{ misconceptions: [], predictions: [], tasks: [], quizzes: [], bugs: [] },
    ...{ snippets: [], keys: {}, mistakes: [] },
  })
})

test('a deck without any practice loads', async () => {
  for (const name of ['practice', 'practice.yaml', 'practice.keys.json'])
    await rm(join(folder, LESSON, name), { recursive: true })
  const deck = await loadDeck(folder)
  expect(deck.flatMap(({ practice }) => [...practice.tasks, ...practice.quizzes])).toEqual([])
})

test('without the keys of runs, a deck loads so that they can be found', async () => {
  await write(KEYS, '<<<<<<< HEAD')
  const deck = await loadDeck(folder, process.cwd(), { withoutRuns: true })
  const { keys } = deck.find((lesson) => lesson.folder === LESSON)!.practice
  expect(Object.keys(keys)).toContain('which-is-idempotent')
  expect(Object.keys(keys)).not.toContain('repeated-sign-up')
})

async function loaded() {
  const deck = await loadDeck(folder)
  return deck.find((lesson) => lesson.folder === LESSON)!.practice
}
