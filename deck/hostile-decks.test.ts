import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ContentError, faultText } from './fault.ts'
import { readDeck } from './load.ts'

let folder = ''
let elsewhere = ''
beforeEach(async () => {
  const outside = await mkdtemp(join(tmpdir(), 'decks-'))
  folder = join(outside, 'deck')
  elsewhere = join(outside, 'elsewhere')
  await mkdir(elsewhere)
  await cp('deck/testing/second-deck', folder, { recursive: true })
  for (const name of ['bugs.yaml', 'practice', 'practice.keys.json', 'practice.yaml'])
    await rm(join(folder, '02-idempotence', name), { recursive: true })
})
afterEach(() => rm(join(folder, '..'), { recursive: true }))

const prose = '02-idempotence/lesson.md'
const steps = '02-idempotence/steps.yaml'
const today = 'RFC 9110 names PUT, DELETE and the safe methods.'

const at = (file: string): string => join(folder, file)
const text = (file: string) => readFile(at(file), 'utf8')

async function replace(file: string, from: string, to: string): Promise<void> {
  const before = await text(file)
  expect(before).toContain(from)
  await writeFile(
    at(file),
    before.replace(from, () => to),
  )
}
const inToday = (more: string) => () => replace(prose, today, `${today}\n\n${more}`)
const withBody = (json: string) => () => replace(steps, 'method: DELETE', `method: DELETE\n    json: ${json}`)

async function instead(file: string, make: (path: string) => Promise<unknown>): Promise<void> {
  await rm(at(file), { recursive: true })
  await make(at(file))
}

async function picture(name: string, content: string | Uint8Array, written = name): Promise<void> {
  await writeFile(at(`02-idempotence/${name}`), content)
  await inToday(`![All codes](<${written}>)`)()
}

const pipe = (path: string) => promisify(execFile)('mkfifo', [path])
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const laughs = Array.from({ length: 9 }, (_, index) => {
  const value = index === 0 ? 'x' : `*a${index - 1}`
  return `a${index}: &a${index} [${Array.from({ length: 9 }, () => value).join(', ')}]`
}).join(', ')
const matches = (pattern: string) => () =>
  replace(steps, 'status: 201', `status: 201\n          text: { matches: '${pattern}' }`)

/** What is done to the deck, and each line of what the check prints. */
const attacks: [name: string, attack: () => Promise<unknown>, found: RegExp[]][] = [
  [
    'a file of two megabytes',
    async () => writeFile(at(steps), (await text(steps)) + '# more\n'.repeat(300_000)),
    [/steps\.yaml:1: has 2\.0 MB; make it smaller than 1 MB$/],
  ],
  [
    'aliases of aliases',
    withBody(`{ ${laughs} }`),
    [/yaml:31: there are more than 50 aliases such as "\*a\d"; write the parts out$/],
  ],
  [
    'aliases by the ten thousand',
    withBody(`[&a 1, ${Array.from({ length: 60_000 }, () => '*a').join(', ')}]`),
    [/yaml:31: there are more than 50 aliases/],
  ],
  [
    'a part within itself',
    withBody('&all { all: *all }'),
    [/yaml:31: "\*all" repeats the part that it stands in, without end; write it out$/],
  ],
  [
    'brackets without end',
    withBody(`${'['.repeat(20_000)}${']'.repeat(20_000)}`),
    [/yaml:31: there are too many brackets within brackets$/],
  ],
  ['quotations without end', inToday(`${'> '.repeat(20_000)}x`), []],
  [
    'a second document',
    async () => writeFile(at(steps), `${await text(steps)}---\nsteps: []\n`),
    [/yaml:\d+: a second document begins here; remove the line with ---$/],
  ],
  [
    'a folder in place of a file',
    () => instead(steps, (path) => mkdir(path)),
    [/yaml:1: this is not a file/],
  ],
  ['a pipe in place of a file', () => instead(steps, pipe), [/yaml:1: this is not a file/]],
  [
    'a link to a device',
    () => instead(steps, (path) => symlink('/dev/zero', path)),
    [/yaml:1: this is a link to another folder; put the file itself here$/],
  ],
  [
    'a link to itself',
    () => instead(steps, (path) => symlink('steps.yaml', path)),
    [/yaml:1: this is a link to itself; put the file here$/],
  ],
  [
    'a link to a file of this machine',
    async () => {
      await rename(at(prose), join(elsewhere, 'lesson.md'))
      await symlink(join(elsewhere, 'lesson.md'), at(prose))
    },
    [/lesson\.md:1: this is a link to another folder; put the file itself here$/],
  ],
  [
    'a link within the lesson',
    async () => {
      await rename(at(prose), at('02-idempotence/text.md'))
      await symlink('text.md', at(prose))
    },
    [],
  ],
  [
    'a link to a lesson',
    async () => {
      await rename(at('01-safe-methods'), join(elsewhere, '01-safe-methods'))
      await symlink(join(elsewhere, '01-safe-methods'), at('01-safe-methods'))
    },
    [/01-safe-methods:1: this is a link to another folder; put the lesson itself/, /no other lesson/],
  ],
  [
    'a picture that is a link to a file of this machine',
    async () => {
      await writeFile(join(elsewhere, 'secret.svg'), '<svg></svg>')
      await picture('codes.svg', '')
      await instead('02-idempotence/codes.svg', (path) => symlink(join(elsewhere, 'secret.svg'), path))
    },
    [/md:37: "codes\.svg": this is a link to another folder; put the file itself here$/],
  ],
  [
    'a picture that never ends',
    async () => {
      await picture('codes.png', '')
      await instead('02-idempotence/codes.png', pipe)
    },
    [/md:37: "codes\.png": this is not a file/],
  ],
  [
    'a picture of 50 MB',
    () => picture('codes.png', Buffer.concat([PIXEL, Buffer.alloc(50 * 1024 * 1024)])),
    [/md:37: "codes\.png": has 50\.0 MB; make it smaller than 2 MB$/],
  ],
  [
    'a picture with a script',
    () => picture('codes.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    [/md:37: "codes\.svg": this SVG has a script in it; save it as a plain picture$/],
  ],
  [
    'a picture that runs something when it is loaded',
    () => picture('codes.svg', '<svg xmlns="http://www.w3.org/2000/svg"\n onload="alert(1)"/>'),
    [/this SVG has a script in it/],
  ],
  [
    'a picture of another kind than its name says',
    () => picture('codes.jpg', PIXEL),
    [/md:37: "codes\.jpg": this is not a JPEG file, but a PNG file: name it \*\.png$/],
  ],
  [
    'a text that is called a picture',
    () => picture('codes.png', 'Hello'),
    [/md:37: "codes\.png": this is not a PNG file; save the picture again$/],
  ],
  [
    'a picture whose name has its marks as characters of their own',
    () => picture('Größe.png'.normalize('NFD'), PIXEL, 'Größe.png'.normalize('NFC')),
    [],
  ],
  [
    'a picture whose name differs in capitals',
    () => picture('Codes.PNG', PIXEL, 'codes.png'),
    [/md:37: there is no picture "codes\.png" beside lesson\.md, but there is "Codes\.PNG"$/],
  ],
  [
    'a sentence with marks as characters of their own in one of two files',
    async () => {
      await replace(prose, 'the row is gone', 'the row is gone, größer')
      await replace(
        steps,
        'sentence: the row is gone',
        `sentence: ${'the row is gone, größer'.normalize('NFD')}`,
      )
    },
    [],
  ],
  [
    'links that run scripts or open files',
    inToday(
      '[a](javascript:alert(1)), [b](JaVaScRiPt:alert`1`), [c](data:text/html,x), [d](file:///etc/passwd)',
    ),
    [
      /md:37: a link can't begin with "javascript:"; use https:, http:, mailto: or the path of a page$/,
      /"data:"/,
      /"file:"/,
    ],
  ],
  [
    'a source that runs a script',
    () => replace(prose, "url: 'https:", "url: 'javascript:"),
    [/md:\d+: sources\.0\.url: must be a whole address/],
  ],
  ['a link without a host', inToday('[a](http://)'), [/md:37: "http:\/\/" is not a whole address$/]],
  [
    'a link with a % that means nothing',
    inToday('[a](../01-safe-methods/lesson.md#%zz)'),
    [/md:37: no part "#%25zz" on the page of safe-methods/],
  ],
  [
    'a picture with a % that means nothing',
    inToday('![a](%E0%A4%A.png)'),
    [/md:37: there is no picture "%E0%A4%25A\.png" beside lesson\.md$/],
  ],
  ['a link to write to', inToday('[a](mailto:ada@example.com)'), []],
  [
    'a step that is sent to another host',
    () => replace(steps, 'path: /users/', 'path: //example.com/users/'),
    [/yaml:7: steps\.0\.path: must begin with a single "\/" and have no spaces$/],
  ],
  [
    'a day that no month has',
    () => replace(prose, 'date: 2026-11-23', 'date: 2026-02-30'),
    [/md:\d+: checked\.date: must be a date, such as 2026-11-23$/],
  ],
  ...[
    '(a+)+$',
    '([A-Za-z]+ ?)+$x',
    '(.*a){25}$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a|a)*$',
    '(ab|abab)+c',
  ].map((pattern): (typeof attacks)[number] => [
    `a pattern that would never be done: ${pattern}`,
    matches(pattern),
    [/yaml:16: the regular expression .* may take for ever/],
  ]),
  ['a pattern with a repeated group', matches('^([^.]+[.]){2}[^.]+$|"id"'), []],
]

test.each(attacks)('%s', async (_, attack, found) => {
  await attack()
  const printed = await readDeck(folder).then(
    ({ warnings }) => warnings.map(faultText),
    (error: unknown) => {
      if (!(error instanceof ContentError)) throw error
      return error.faults.map(faultText)
    },
  )
  const strange = printed.filter((line) => !found.some((expected) => expected.test(line)))
  expect(strange).toEqual([])
  for (const expected of found) expect(printed.join('\n')).toMatch(new RegExp(expected.source, 'm'))
})

test('a warning about one lesson leaves the others in', async () => {
  await replace('01-safe-methods/lesson.md', '## Today\n', '## Today\n\n<b>Bold</b> words.\n')
  const { deck, warnings } = await readDeck(folder)
  expect(warnings).toHaveLength(1)
  expect(deck.map(({ name }) => name)).toEqual(['safe-methods', 'idempotence', 'media-types'])
})
