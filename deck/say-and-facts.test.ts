import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadDeck } from './load.ts'

const LESSON = '02-idempotence/lesson.md'
const WORDS = 'one two three four five six seven eight nine ten '
const SENTENCES = `${WORDS.repeat(3)}. {ID}\n${WORDS.repeat(3)}. {ID}`

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

async function withSay(body: string): Promise<void> {
  const path = join(folder, LESSON)
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('## Answer', `## Say it like this\n\n${body}\n\n## Answer`))
}

async function withFact(name: string, text: string, output?: string): Promise<void> {
  const facts = join(folder, '02-idempotence/facts')
  await mkdir(facts, { recursive: true })
  await writeFile(join(facts, name), text)
  if (output !== undefined) await writeFile(join(facts, name.replace('.py', '.txt')), output)
}

async function fault(): Promise<string> {
  const error: unknown = await loadDeck(folder).catch((thrown: unknown) => thrown)
  return error instanceof Error ? error.message : ''
}

/** A claim of that lesson, and a sentence of its text. */
async function known(): Promise<{ claim: string; sentence: string }> {
  const lesson = (await loadDeck(folder)).find(({ name }) => name === 'idempotence')
  const claim = lesson?.steps[0]?.claims[0]
  return { claim: claim?.id ?? '', sentence: claim?.sentence ?? '' }
}

const MORE = '\n\n### If they ask for more\n\n- first\n- second'

test('each sentence of an answer to say names the claim or the fact that shows it', async () => {
  const { claim } = await known()
  await withSay(SENTENCES.replaceAll('ID', claim) + MORE)
  expect(await fault()).toBe('')
})

test.each([
  [
    'a sentence without evidence',
    SENTENCES.replace(' {ID}', '') + MORE,
    /needs the claims or facts that show it/,
  ],
  ['too few words', `${WORDS}. {ID}${MORE}`, /has 11 words; 60 to 80 are said in 30 to 45 seconds/],
  ['too many words', `${WORDS.repeat(9)}. {ID}${MORE}`, /has 91 words/],
  ['no more to say', SENTENCES, /needs "### If they ask for more" at its end/],
  ['one line more', SENTENCES + MORE.replace('\n- second', ''), /needs two lines under/],
])('%s is a fault', async (_, body, message) => {
  const { claim } = await known()
  await withSay(body.replaceAll('ID', claim))
  expect(await fault()).toMatch(message)
})

test("evidence that the lesson doesn't have is a fault, with the nearest name", async () => {
  const { claim } = await known()
  await withSay(SENTENCES.replaceAll('ID', `${claim}x`) + MORE)
  expect(await fault()).toContain(`no claim and no fact "${claim}x" (did you mean "${claim}"?)`)
})

test('a fact shows a sentence of the lesson, and its output is in a file beside it', async () => {
  const { sentence } = await known()
  await withFact('it-is-so.py', `"""${sentence}"""\n# on: fastapi==0.120.4 httpx==0.27.2\nprint(1)\n`, '1\n')
  const lesson = (await loadDeck(folder)).find(({ name }) => name === 'idempotence')
  expect(lesson?.facts).toMatchObject([
    {
      id: 'it-is-so',
      sentence,
      code: 'print(1)',
      environments: [['fastapi==0.120.4', 'httpx==0.27.2']],
      measured: false,
      output: '1\n',
    },
  ])
})

test.each([
  [
    'it-is-so.py',
    '"""Nobody wrote this sentence."""\nprint(1)\n',
    /the lesson's text has no "Nobody wrote this/,
  ],
  ['It_is.py', '"""x"""\nprint(1)\n', /name the file in lower-case letters/],
  ['it-is-so.py', 'print(1)\n', /begin with the sentence that it shows/],
])("%s that isn't a fact is a fault", async (name, text, message) => {
  await withFact(name, text, '1\n')
  expect(await fault()).toMatch(message)
})

test('a fact that prints times says so', async () => {
  const { sentence } = await known()
  await withFact('it-took.py', `"""${sentence}"""\n# measured\nprint(0.21)\n`, '0.21\n')
  const lesson = (await loadDeck(folder)).find(({ name }) => name === 'idempotence')
  expect(lesson?.facts).toMatchObject([{ id: 'it-took', measured: true, code: 'print(0.21)' }])
})

test('a fact that never ran is a fault', async () => {
  const { sentence } = await known()
  await withFact('it-is-so.py', `"""${sentence}"""\nprint(1)\n`)
  expect(await fault()).toContain('has no output yet: npm run record')
})

test("dated words that the answer doesn't contain are a fault", async () => {
  const path = join(folder, LESSON)
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace(/\n---\n/, '\ndated:\n  - words: Python 2\n    today: Python 3\n---\n'))
  expect(await fault()).toMatch(/lesson\.md:\d+: the answer has no "Python 2"/)
})

test('each lesson of this deck has an answer to say, and its facts show sentences of it', async () => {
  const deck = await loadDeck('content/lessons')
  expect(deck.filter(({ say }) => say === null).map(({ slug }) => slug)).toEqual([])
  expect(deck.flatMap(({ facts }) => facts).length).toBeGreaterThanOrEqual(60)
})
