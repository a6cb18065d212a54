import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadDeck } from './load.ts'
import { renderSite } from './render/site.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

async function addTerms(lesson: string, yaml: string): Promise<void> {
  const path = join(folder, lesson, 'lesson.md')
  const text = await readFile(path, 'utf8')
  await writeFile(path, text.replace('\n---\n', `\nterms:\n${yaml}---\n`))
}

async function faults(): Promise<string[]> {
  const error: unknown = await loadDeck(folder).catch((thrown: unknown) => thrown)
  return error instanceof Error
    ? error.message.split('\n').map((line) => line.replace(/^.*?(\d\d-)/, '$1'))
    : []
}

const MEANING = 'meaning: Something that is explained here.'

test('a deck without terms has no glossary', async () => {
  expect((await renderSite(folder, process.cwd())).glossary).toEqual([])
})

test('a term links to the first paragraph with it as a whole word, in capitals or not', async () => {
  await addTerms(
    '02-idempotence',
    `  - { term: Effect, ${MEANING} }\n  - { term: Key, long: an id, ${MEANING} }\n`,
  )
  const { glossary, lessons } = await renderSite(folder, process.cwd())
  expect(glossary).toEqual([
    {
      id: 'effect',
      term: 'Effect',
      meaning: 'Something that is explained here.',
      lesson: { number: 2, title: 'Idempotence' },
      to: '/lessons/idempotence#term-effect',
    },
    expect.objectContaining({ id: 'key', long: 'an id', to: '/lessons/idempotence#term-key' }),
  ])
  const html = lessons.get('idempotence')?.html
  expect(html?.answer).toMatch(/^<p id="term-effect" class="link-target" tabindex="-1">Sent twice/)
  expect(html?.['follow-1']).toMatch(/^<p id="term-key"/)
})

test('a term links to the words that it names, and shares the anchor of their paragraph', async () => {
  await addTerms(
    '02-idempotence',
    `  - { term: PATCH, where: a patch that appends, ${MEANING} }\n  - { term: appends, ${MEANING} }\n`,
  )
  const { glossary } = await renderSite(folder, process.cwd())
  expect(glossary.map(({ to }) => to)).toEqual([
    '/lessons/idempotence#term-patch',
    '/lessons/idempotence#term-patch',
  ])
})

test.each([
  [
    'GIL',
    `  - { term: GIL, ${MEANING} }\n`,
    /^02-idempotence\/lesson\.md:24: the lesson's text has no "GIL"/,
  ],
  ['part of a word', `  - { term: effec, ${MEANING} }\n`, /the lesson's text has no "effec"/],
  ['wrong words', `  - { term: effect, where: no such words, ${MEANING} }\n`, /has no "no such words"/],
  ['no meaning', `  - { term: effect }\n`, /terms\.0\.meaning: missing/],
])('a term that its lesson does not explain is a fault: %s', async (_, yaml, message) => {
  await addTerms('02-idempotence', yaml)
  expect(await faults()).toEqual([expect.stringMatching(message)])
})

test('a term in two lessons is a fault', async () => {
  await addTerms('01-safe-methods', `  - { term: Change, ${MEANING} }\n`)
  await addTerms('02-idempotence', `  - { term: change, where: the effect of once, ${MEANING} }\n`)
  expect(await faults()).toEqual([
    '02-idempotence/lesson.md:24: "change" is already a term of 01-safe-methods',
  ])
})
