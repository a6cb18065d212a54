import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { serveViva, type ServedViva } from '../server/testing/serve-viva.ts'
import { ContentError, faultText, type Fault } from './fault.ts'
import { readDeck, type ReadDeck } from './load.ts'
import { tryDeck } from './trial/try-deck.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
  for (const name of ['bugs.yaml', 'practice', 'practice.keys.json', 'practice.yaml'])
    await rm(join(folder, '02-idempotence', name), { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

/** A mistake: words of a file that become others, or anything else that is done to the deck. */
type Mistake = [file: string, from: string, to: string] | (() => Promise<unknown>)

async function make(mistake: Mistake): Promise<void> {
  if (typeof mistake === 'function') return void (await mistake())
  const [file, from, to] = mistake
  const before = await readFile(join(folder, file), 'utf8')
  expect(before).toContain(from)
  await writeFile(
    join(folder, file),
    before.replace(from, () => to),
  )
}

/** Faults and warnings as `content:check` prints them, from the lesson's folder on. */
function lines(faults: readonly Fault[]): string[] {
  return faults.map((fault) => faultText(fault).replace(/^.*?(\d\d-[^:]+)/, '$1'))
}

async function read(): Promise<{ deck: ReadDeck | null; found: string[] }> {
  try {
    const deck = await readDeck(folder)
    return { deck, found: lines(deck.warnings) }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    return { deck: null, found: lines(error.faults) }
  }
}

const prose = '02-idempotence/lesson.md'
const steps = '02-idempotence/steps.yaml'
const safeMethods = '01-safe-methods/steps.yaml'
const write = (file: string, content: string | Uint8Array) => writeFile(join(folder, file), content)
const text = (file: string) => readFile(join(folder, file), 'utf8')
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const today = 'RFC 9110 names PUT, DELETE and the safe methods.'
const inToday = (more: string): Mistake => [prose, today, `${today}\n\n${more}`]
const equals1 = 'count: { equals: 1 }'
const equals0 = 'count: { equals: 0 }'
const verdict = '{ step: users.delete_user, verdict: ok }'

/** What the check prints for each; every line of it, so that nothing else stands beside the cause. */
const mistakes: [name: string, mistake: Mistake, found: RegExp[]][] = [
  [
    'a misspelt key of the front matter',
    [prose, 'keyPoints:', 'keyPoint:'],
    [/md:9: no such key "keyPoint" \(did you mean "keyPoints"\?\)$/],
  ],
  [
    'a misspelt expect',
    [steps, '        expect:', '        expects:'],
    [/yaml:14: no such key "expects" in steps\.0\.claims\.0 \(did you mean "expect"\?\)$/],
  ],
  [
    'a misspelt rule',
    [steps, '{ equals: 1 }', '{ equal: 1 }'],
    [/yaml:17: no such key "equal" in .* \(did you mean "equals"\?\)$/],
  ],
  [
    'a line in a list without its dash',
    [steps, '    title: Sign up', '   title: Sign up'],
    [/yaml:3: this line stands in a list, but has no "- "/],
  ],
  [
    'a line that begins elsewhere',
    [prose, 'minutes: 4', '  minutes: 4'],
    [/md:4: the next line is indented further than this one, as if it belonged to it/],
  ],
  [
    'status beside expect',
    [steps, '        expect:\n          status: 201', '        status: 201\n        expect:'],
    [
      /yaml:14: no such key "status" in steps\.0\.claims\.0; it belongs under "expect": check the indentation$/,
    ],
  ],
  ['a tab', [steps, '    title: Sign up', '\ttitle: Sign up'], [/yaml:3: .*(tabs|no "- ")/]],
  [
    'a sentence with a colon',
    [steps, 'note: A row to delete.', 'note: Look: a row to delete.'],
    [/yaml:4: a text with a colon and a space in it needs quotes: put the whole text in quotes$/],
  ],
  [
    'a key point with a colon',
    [prose, '- Twice has the effect of once', '- Twice: the effect of once'],
    [
      /md:11: keyPoints\.1: must be text, not a set of keys; a text with a colon and a space in it needs quotes$/,
    ],
  ],
  [
    'a comma between { and }',
    [prose, "says: 'The second time, there is no row.'", 'says: The second time, there is no row.'],
    [/md:19: "there is no row\." follows a comma: between \{ and \}, a text with a comma in it needs quotes/],
  ],
  [
    'a rule that isn’t in a list',
    [steps, 'status: 201', 'status: 201\n          header: { name: Location, exists: true }'],
    [
      /yaml:16: .*header: must be a list, not a set of keys; begin each item with "- ", or put the list in \[ \]$/,
    ],
  ],
  [
    'a title that is a number',
    [prose, 'title: Idempotence', 'title: 404'],
    [/md:2: title: must be text, not a number; put it in quotes$/],
  ],
  [
    'an id with an umlaut',
    [steps, 'id: one-row', 'id: eine-größe'],
    [/yaml:11: .*id: must be lower-case letters a to z, digits and hyphens, such as missing-user$/],
  ],
  [
    'a sentence that begins with a star',
    [steps, 'note: A row to delete.', 'note: *Look* at the row.'],
    [/yaml:4: a text that begins with a special character needs quotes: put the whole text in quotes$/],
  ],
  [
    'a sentence that begins with a backtick',
    [steps, 'note: A row to delete.', 'note: `POST` makes a row.'],
    [/yaml:4: a text that begins with a special character needs quotes/],
  ],
  [
    'an apostrophe within single quotes',
    [prose, "'The second time, there is no row.'", "'It's gone.'"],
    [/md:19: something follows the closing quote; inside of single quotes, an apostrophe is written twice/],
  ],
  [
    'a quote that is never closed',
    [steps, 'title: Sign up', 'title: "Sign up'],
    [/yaml:\d+: .*(never closed|closing quote)/],
  ],
  [
    'a key that is written twice',
    [prose, 'minutes: 4', 'minutes: 4\nminutes: 5'],
    [/md:6: this key is written twice; keep one of them$/],
  ],
  [
    'a sentence that is not in the text',
    [steps, 'sentence: the row is gone', 'sentence: the row is lost'],
    [/yaml:35: the lesson's text has no "the row is lost"; the nearest words are "the row is gone"$/],
  ],
  [
    'a sentence that is nowhere near the text',
    [steps, 'sentence: the row is gone', 'sentence: entirely different words'],
    [/yaml:35: .*; copy the words from it, without markup$/],
  ],
  [
    'a straight apostrophe where the text has a curly one',
    [steps, 'sentence: the row is gone', "sentence: a client can't know"],
    [/yaml:35: .*; only quotes or apostrophes differ: the text has "a client can’t know"$/],
  ],
  [
    'an unknown region',
    [prose, 'region: users.delete_user', 'region: users.delete_usr'],
    [/md:19: no region "users\.delete_usr" in both twins \(did you mean "users\.delete_user"\?\)$/],
  ],
  [
    'an unknown trace step',
    [steps, 'step: users.delete_user', 'step: users.delete_usr'],
    [/yaml:37: no trace step "users\.delete_usr" \(did you mean/],
  ],
  [
    'an unknown related lesson',
    [prose, '03-media-types', '03-media-type'],
    [/md:7: no other lesson "03-media-type" \(did you mean/],
  ],
  [
    'an unknown earlier step',
    [steps, 'after: [create, log-in]', 'after: [create, login]'],
    [/yaml:\d+: no earlier step "login" \(did you mean "log-in"\?\)$/],
  ],
  [
    'an unknown person',
    [steps, 'method: DELETE', 'as: eda\n    method: DELETE'],
    [/yaml:30: steps\.2\.as: must be one of "nobody", "ada", "grace", "alan"$/],
  ],
  [
    'an unknown variable, at the line that uses it',
    [steps, 'Bearer {{token}}', 'Bearer {{tokn}}'],
    [/yaml:32: no earlier step saves \{\{tokn\}\} \(did you mean "token"\?\)$/],
  ],
  [
    'a step id that is there twice',
    [steps, 'id: log-in', 'id: create'],
    [/yaml:18: another step of this lesson has the id "create"/, /yaml:29: no earlier step "log-in"/],
  ],
  [
    'a claim id that is there twice',
    [steps, 'id: gone', 'id: one-row'],
    [/yaml:34: another claim of this lesson has the id "one-row"/],
  ],
  [
    'a claim that expects nothing',
    [
      steps,
      "expect:\n          status: 204\n          store:\n            - { table: users, where: { id: '{{id}}' }, count: { equals: 0 } }\n          trace:\n            - { step: users.delete_user, verdict: ok }",
      'expect: {}',
    ],
    [/yaml:37: .*this claim expects nothing, so it can never be false/],
  ],
  [
    'a path without a rule',
    [steps, 'status: 201', 'status: 201\n          json: [{ path: id }]'],
    [/yaml:16: .*there is no rule for this value, so it can never be wrong/],
  ],
  [
    'a missing heading',
    [prose, `## Today\n\n${today}\n`, ''],
    [/md:29: the section "## Today" is missing; it follows "## Why it matters"$/],
  ],
  [
    'a misspelt heading',
    [prose, '## Common mistakes', '## Comon mistakes'],
    [/md:37: no lesson has a section "## Comon mistakes" \(did you mean "Common mistakes"\?\)$/],
  ],
  [
    'a heading that is there twice',
    [prose, '## Today', '## Answer\n\nAgain.\n\n## Today'],
    [/md:33: there are two sections "## Answer"$/],
  ],
  [
    'no checked',
    [prose, 'checked: { date: 2026-11-23, with: RFC 9110 }\n', ''],
    [/md:\d+: checked: missing$/],
  ],
  [
    'a title that is too long',
    [prose, 'title: Idempotence', `title: ${'Idempotence '.repeat(6)}`],
    [/md:2: title: needs at most 40 characters$/],
  ],
  [
    'a question of 600 characters',
    [prose, 'care?', `care${' and care'.repeat(66)}?`],
    [/md:3: question: needs at most 200 characters$/],
  ],
  [
    'a rubric of four',
    [prose, 'checked:', 'rubric: [One bad, Two bad, Three bad, Four bad]\nchecked:'],
    [/md:\d+: rubric/],
  ],
  [
    'an unknown table',
    [steps, `table: users, where: { id: '{{id}}' }, ${equals0}`, `table: user, ${equals0}`],
    [/yaml:40: claim "gone": no table "user" \(did you mean "users"\?\)$/],
  ],
  [
    'an unknown column',
    [steps, `where: { id: '{{id}}' }, ${equals0}`, `where: { biography: Mine }, ${equals0}`],
    [
      /yaml:40: claim "gone": no column "biography" in users \(there are id, name, email, age, bio, created_at, hashed_password\)$/,
    ],
  ],
  [
    'an unknown column of a row',
    [steps, equals1, 'row: [{ path: nam, equals: Edsger }]'],
    [/yaml:17: claim "one-row": no column "nam" in users \(did you mean "name"\?\)$/],
  ],
  [
    'a value that a column never has',
    [steps, `where: { id: '{{id}}' }, ${equals0}`, `where: { id: '1' }, ${equals0}`],
    [/yaml:40: claim "gone": id holds a whole number, never "1"; no row would be found$/],
  ],
  [
    'a rule on the password’s hash',
    [steps, equals1, 'row: [{ path: hashed_password, not: shortest-path }]'],
    [/yaml:17: claim "one-row": hashed_password is never shown/],
  ],
  [
    'a bad regular expression',
    [steps, equals1, "row: [{ path: name, matches: '(lim' }]"],
    [/yaml:17: .*Unterminated group$/],
  ],
  [
    'at least none',
    [steps, equals1, 'count: { atLeast: 0 }'],
    [/yaml:17: claim "one-row": "atLeast: 0" holds for any number of rows, so it can never be wrong$/],
  ],
  [
    'any text',
    [steps, 'status: 204', "status: 204\n          text: { matches: '.*' }"],
    [/yaml:39: claim "gone": "matches: "\.\*"" holds for any text, so it can never be wrong$/],
  ],
  [
    'a row where none has to be',
    [steps, equals1, 'count: { atMost: 1 }, row: [{ path: name, equals: Edsger }]'],
    [/yaml:17: claim "one-row": row says nothing while count allows that no row is there$/],
  ],
  [
    'a verdict of a step that may never run',
    [steps, verdict, '{ step: users.delete_user, verdict: ok, count: { equals: 0 } }'],
    [/yaml:42: claim "gone": verdict says nothing while count allows that users\.delete_user never ran$/],
  ],
  [
    'a detail that no trace step has',
    [steps, verdict, '{ step: users.delete_user, detail: [{ path: ranin, exists: false }] }'],
    [/yaml:42: claim "gone": no trace step has "ranin" in its detail \(did you mean "ranIn"\?\)$/],
  ],
  [
    'a burst of a single request',
    [steps, 'status: 204', 'status: 204\n          burst: { peak: { atLeast: 2 } }'],
    [/yaml:39: claim "gone": only a step with "burst: 60" or so has a burst to look at$/],
  ],
  [
    'an empty list beside a rule',
    [steps, 'status: 204', 'status: 204\n          json: []'],
    [/yaml:39: claim "gone": json is empty, so it says nothing/],
  ],
  ['HTML', inToday('<b>Bold</b> words.'), [/md:37: warning: HTML is shown as it is written; use Markdown/]],
  [
    'a picture of another host',
    inToday('![Codes](https://example.com/codes.png)'),
    [
      /md:37: "https:\/\/example\.com\/codes\.png" is on another host, and pages load nothing from there; put the picture beside lesson\.md$/,
    ],
  ],
  [
    'a picture that is missing',
    inToday('![Codes](codes.png)'),
    [/md:37: there is no picture "codes\.png" beside lesson\.md$/],
  ],
  [
    'a picture of another lesson',
    inToday('![Codes](../01-safe-methods/codes.png)'),
    [/md:37: put the picture "\.\.\/01-safe-methods\/codes\.png" into the lesson's own folder$/],
  ],
  [
    'a picture that says nothing',
    async () => {
      await write('02-idempotence/codes.png', PIXEL)
      await make(inToday('![](codes.png)'))
    },
    [/md:37: say what the picture "codes\.png" shows, for those who don't see it/],
  ],
  [
    'a picture',
    async () => {
      await write('02-idempotence/codes.png', PIXEL)
      await make(inToday('![All codes](codes.png)'))
    },
    [],
  ],
  [
    'a picture in the answer, whose words are no sentence',
    async () => {
      await write('02-idempotence/codes.png', PIXEL)
      await make([prose, '## Why it matters', '![All codes of the answer](codes.png)\n\n## Why it matters'])
    },
    [],
  ],
  ['a table', inToday('| a | b |\n| - | - |\n| 1 | 2 |'), []],
  ['code in Go', inToday('```go\nfmt.Println("hi")\n```'), []],
  ['a heading with one #', inToday('# Large'), [/md:37: a heading with one # is as large as the page’s own/]],
  [
    'a link to another lesson’s file',
    inToday('See [there](../01-safe-methods/lesson.md#today) and [here](../03-media-types/).'),
    [],
  ],
  [
    'a link to a lesson that isn’t there',
    inToday('See [there](../01-safe-method/lesson.md).'),
    [/md:37: no lesson "safe-method" \(did you mean "safe-methods"\?\)$/],
  ],
  [
    'a link to a part that isn’t there',
    inToday('See [there](../01-safe-methods/lesson.md#todai).'),
    [/md:37: no part "#todai" on the page of safe-methods \(did you mean "today"\?\)$/],
  ],
  ['a link to a file', inToday('See [there](notes.pdf).'), [/md:37: nothing on the page is at "notes\.pdf"/]],
  [
    'a link to a page that isn’t there',
    inToday('See [there](/playgroud).'),
    [/md:37: no page "\/playgroud" \(did you mean "playground"\?\)$/],
  ],
  [
    'a link to a term that isn’t there',
    inToday('See [there](/glossary#csrf).'),
    [/md:37: no term "csrf" in the glossary$/],
  ],
  [
    'straight quotes in prose',
    inToday('It isn\'t "safe".'),
    [/md:37: warning: straight quotes or apostrophes on 1 line: prose has curly ones/],
  ],
  [
    'another language',
    async () => {
      await make([prose, 'title: Idempotence', 'title: दोहराव'])
      await make(inToday('Größe und Übermaß, „so“.'))
    },
    [],
  ],
  [
    'a folder name with an umlaut',
    () => rename(join(folder, '01-safe-methods'), join(folder, '01-größe')),
    [/name the folder with two digits/, /md:7: no other lesson "01-safe-methods"/],
  ],
  ['CRLF', async () => write(prose, (await text(prose)).replaceAll('\n', '\r\n')), []],
  ['a byte order mark', async () => write(prose, `\uFEFF${await text(prose)}`), []],
  ['a byte order mark in the steps', async () => write(steps, `\uFEFF${await text(steps)}`), []],
  [
    'Latin-1',
    async () =>
      write(prose, Buffer.from((await text(prose)).replace(today, 'Größe.').replaceAll('’', "'"), 'latin1')),
    [/md:35: this file isn’t in UTF-8; save it as UTF-8 in your editor/],
  ],
  [
    'UTF-16',
    async () =>
      write(steps, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(await text(steps), 'utf16le')])),
    [/yaml:1: this file isn’t in UTF-8/],
  ],
  ['an empty lesson.md', () => write(prose, ''), [/md:1: the front matter is missing/]],
  [
    'an empty steps.yaml',
    () => write(steps, ''),
    [/yaml:1: the whole file: must be a set of keys, not empty$/],
  ],
  [
    'no steps.yaml',
    () => rm(join(folder, steps)),
    [/yaml:1: this file is missing; a lesson has lesson\.md and steps\.yaml$/],
  ],
  [
    'other files',
    async () => {
      await write('README.md', '# Mine')
      await write('.DS_Store', '')
      await write('02-idempotence/notes.txt', '')
    },
    [],
  ],
  [
    'two lessons with one number',
    async () => {
      await rename(join(folder, '03-media-types'), join(folder, '02-media-types'))
      await make([prose, '03-media-types', '02-media-types'])
    },
    [
      /02-media-types\/lesson\.md:1: 02-idempotence and 02-media-types have the same number; rename the folder of one of them$/,
    ],
  ],
  [
    'a gap in the numbers',
    async () => {
      await rename(join(folder, '03-media-types'), join(folder, '09-media-types'))
      await make([prose, '03-media-types', '09-media-types'])
    },
    [],
  ],
  [
    'the number 00',
    async () => {
      await rename(join(folder, '03-media-types'), join(folder, '00-media-types'))
      await make([prose, '03-media-types', '00-media-types'])
    },
    [],
  ],
  [
    'a folder without a lesson',
    () => mkdir(join(folder, '04-empty')),
    [/04-empty\/lesson\.md:1: this file is missing/, /04-empty\/steps\.yaml:1: this file is missing/],
  ],
]

test.each(mistakes)('%s', async (_, mistake, found) => {
  await make(mistake)
  const printed = (await read()).found
  const strange = printed.filter((line) => !found.some((expected) => expected.test(line)))
  expect({ strange, printed: printed.length > 0 }).toEqual({ strange: [], printed: found.length > 0 })
  for (const expected of found) expect(printed.join('\n')).toMatch(new RegExp(expected.source, 'm'))
})

describe('against the app', () => {
  let viva: ServedViva
  beforeAll(async () => {
    viva = await serveViva()
  })
  afterAll(() => viva.close())

  const tried: [name: string, mistake: Mistake, found: RegExp[]][] = [
    [
      'a false claim',
      [steps, 'status: 201', 'status: 200'],
      [/yaml:15: step "create", claim "one-row" is false: status: expected 200, got 201$/],
    ],
    [
      'a false row, among what is true',
      [steps, equals1, 'row: [{ path: name, equals: Edgar }]'],
      [
        /yaml:16: step "create", claim "one-row" is false: rows of users with id = 4: name: expected "Edgar", got "Edsger"$/,
      ],
    ],
    [
      'a path that no route has',
      [steps, 'method: POST\n    path: /login', 'method: POST\n    path: /logn'],
      [
        /yaml:23: step "log-in" is sent to \/logn, and no route has this path; the nearest is \/login/,
        /yaml:25: step "log-in" saves \{\{token\}\}, but the response has nothing at "access_token"$/,
        /step "delete", claim "gone" is false/,
      ],
    ],
    [
      'a value saved from nowhere',
      [steps, 'save: { id: id, email: email }', 'save: { id: id, email: emial }'],
      [
        /yaml:9: step "create" saves \{\{email\}\}, but the response has nothing at "emial" \(did you mean "email"\?\)$/,
      ],
    ],
    [
      'a step that needs a fresh sandbox',
      async () => {
        await make([safeMethods, '    fresh: true\n', ''])
        await make([safeMethods, "{ path: '', length: 3 }", '{ path: 0.name, equals: Ada Lovelace }'])
      },
      [
        /steps\.yaml:\d+: step "read", claim "three-rows" is false by itself, after others have used the sandbox: .*; begin it with "fresh: true", or name a step that does under "after"$/,
      ],
    ],
    [
      'a claim that any server passes',
      [
        steps,
        "status: 201\n          store:\n            - { table: users, where: { id: '{{id}}' }, count: { equals: 1 } }",
        "json: [{ path: '', type: object }]",
      ],
      [
        /yaml:14: step "create", claim "one-row" would also hold for a server that answers everything with 200 and \{\}/,
      ],
    ],
    [
      'a claim of a status alone',
      [
        steps,
        "\n          store:\n            - { table: users, where: { id: '{{id}}' }, count: { equals: 1 } }",
        '',
      ],
      [
        /yaml:14: warning: step "create", claim "one-row" would also hold for a server that gets only the status codes right/,
      ],
    ],
    [
      'a burst of what can’t be sent many times',
      [
        steps,
        'id: create\n',
        'id: create-many\n    title: Many\n    note: Many at once.\n    path: /nowhere\n    burst: 3\n  - id: create\n',
      ],
      [/yaml:2: step "create-many" couldn't be run: POST \/api\/burst: 4\d\d/],
    ],
  ]

  test.each(tried)('%s', async (_, mistake, found) => {
    await make(mistake)
    const { deck, found: unread } = await read()
    expect(unread).toEqual([])
    const lessons = deck!.lessons.filter(({ stepsFile }) =>
      stepsFile.endsWith(typeof mistake === 'function' ? safeMethods : mistake[0]),
    )
    const printed = lines(await tryDeck(viva.origin, lessons))
    const strange = printed.filter((line) => !found.some((expected) => expected.test(line)))
    expect(strange).toEqual([])
    for (const expected of found) expect(printed.join('\n')).toMatch(new RegExp(expected.source, 'm'))
  })
})
