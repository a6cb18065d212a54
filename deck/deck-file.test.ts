import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadDeck, readDeck } from './load.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const withDeckFile = (text: string): Promise<void> => writeFile(join(folder, 'deck.yaml'), text)
const numbered = async (): Promise<string[]> =>
  (await loadDeck(folder)).map(({ number, name }) => `${number} ${name}`)

async function faults(): Promise<string[]> {
  const error: unknown = await loadDeck(folder).catch((thrown: unknown) => thrown)
  return error instanceof Error
    ? error.message.split('\n').map((line) => line.replace(/^.*\/deck-\w+\//, ''))
    : []
}

test('what belongs to a repository, an editor or a draft is no lesson', async () => {
  for (const name of ['.git', '.vscode', '_04-later', 'images', 'node_modules']) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, 'README.md'), 'Nothing')
  }
  await cp(join(folder, '01-safe-methods'), join(folder, '_05-draft'), { recursive: true })
  await writeFile(join(folder, 'README.md'), '# A deck')
  expect(await numbered()).toEqual(['1 safe-methods', '2 idempotence', '3 media-types'])
})

test('a folder that is meant to be a lesson is checked, even if it is empty or badly named', async () => {
  await mkdir(join(folder, '04-empty'))
  await cp(join(folder, '01-safe-methods'), join(folder, 'Safe Methods'), { recursive: true })
  const found = await faults()
  expect(found).toContain('04-empty/lesson.md:1: this file is missing; a lesson has lesson.md and steps.yaml')
  expect(found).toContain(
    'Safe Methods:1: name the folder with two digits and a few words in lower-case letters a to z, such as "06-authentication"',
  )
})

test('deck.yaml orders lessons, by name or by folder, and leaves drafts out; what it doesn’t list comes after', async () => {
  await withDeckFile('lessons: [media-types, 01-safe-methods]\n')
  expect(await numbered()).toEqual(['1 media-types', '2 safe-methods', '3 idempotence'])
  await rename(join(folder, '02-idempotence'), join(folder, 'idempotence'))
  await withDeckFile(
    '# An order without numbers\nlessons:\n  - idempotence\n  - media-types\n  - safe-methods\n',
  )
  expect(await numbered()).toEqual(['1 idempotence', '2 media-types', '3 safe-methods'])
})

test('a draft is left out, and lessons that name it are told', async () => {
  await withDeckFile('drafts: [media-types]\n')
  expect(await faults()).toEqual([
    expect.stringMatching(/^02-idempotence\/lesson\.md:7: no other lesson "03-media-types"/),
  ])
})

test.each([
  [
    'an unknown lesson',
    'lessons: [safe-method]',
    '1: no lesson "safe-method" in this deck (did you mean "safe-methods"?)',
  ],
  ['an unknown draft', 'title: Mine\ndrafts:\n  - later', '3: no lesson "later" in this deck'],
  [
    'a lesson listed twice',
    'lessons:\n  - safe-methods\n  - 01-safe-methods',
    '3: "01-safe-methods" is in the list already',
  ],
  [
    'a lesson that is also a draft',
    'lessons: [safe-methods, media-types]\ndrafts: [safe-methods]',
    '1: "01-safe-methods" is also among the drafts; remove it from one of the two lists',
  ],
  ['a misspelt key', 'titel: Mine', '1: no such key "titel" (did you mean "title"?)'],
  [
    'no language',
    'language: german language',
    '1: language: must be a language tag, such as en, de or pt-BR',
  ],
  ['a word', 'language: deutsch', '1: language: must be a language tag, such as en, de or pt-BR'],
  ['a list', '- Mine', '1: the whole file: must be a set of keys, not a list'],
])('%s in deck.yaml is a fault', async (_, text, fault) => {
  await withDeckFile(text)
  expect(await faults()).toContain(`deck.yaml:${fault}`)
})

test('a deck says what it is called, and one without deck.yaml, or with an empty one, has defaults', async () => {
  const plain = (await readDeck(folder, process.cwd())).info
  expect(plain).toMatchObject({ title: 'Interview answers you can run', language: 'en' })
  await withDeckFile('# Nothing yet\n')
  expect((await readDeck(folder, process.cwd())).info).toEqual(plain)
  await withDeckFile('title: HTTP, gefragt\nlanguage: de\nanswer: Die Antwort\n')
  expect((await readDeck(folder, process.cwd())).info).toEqual({
    ...plain,
    ...{ title: 'HTTP, gefragt', heading: 'HTTP, gefragt', language: 'de', answer: 'Die Antwort' },
    anki: 'Viva::HTTP, gefragt',
  })
})

test('a lesson keeps its key when its folder is renumbered, and when it is renamed if it says so', async () => {
  const keys = async (): Promise<string[]> => (await loadDeck(folder)).map(({ slug }) => slug)
  expect(await keys()).toEqual(['safe-methods', 'idempotence', 'media-types'])
  await rename(join(folder, '03-media-types'), join(folder, '04-media-types'))
  expect(await keys()).toEqual(['safe-methods', 'idempotence', 'media-types'])
  await rename(join(folder, '01-safe-methods'), join(folder, '01-safe'))
  for (const name of ['02-idempotence', '04-media-types'])
    await change(join(folder, name, 'lesson.md'), '01-safe-methods', 'safe')
  await change(join(folder, '01-safe', 'lesson.md'), 'title:', 'key: safe-methods\ntitle:')
  expect(await keys()).toEqual(['safe-methods', 'idempotence', 'media-types'])
})

async function change(file: string, from: string, to: string): Promise<void> {
  await writeFile(file, (await readFile(file, 'utf8')).replace(from, to))
}
