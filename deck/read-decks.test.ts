import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { stepAsked, lessonName } from '#contract/addresses.ts'
import { SEARCH_OPTIONS, type SearchEntry } from '#contract/search.ts'
import { readDecks } from './read-decks.ts'
import { renderSite, type Site } from './render/site.ts'

const root = process.cwd()
let parent = ''
let own = ''
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'decks-'))
  own = join(parent, 'own')
  await cp('deck/testing/second-deck', own, { recursive: true })
})
afterEach(() => rm(parent, { recursive: true }))

async function change(file: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(join(own, file), 'utf8')
  expect(text.search(from)).not.toBe(-1)
  await writeFile(join(own, file), text.replace(from, to))
}

async function faultsOf(...folders: string[]): Promise<string[]> {
  const error: unknown = await readDecks(folders, root).catch((thrown: unknown) => thrown)
  return error instanceof Error ? error.message.split('\n') : []
}

test('two decks are shown side by side, each with its own words, numbers, order and related lessons', async () => {
  await writeFile(join(own, 'deck.yaml'), 'title: HTTP, gefragt\nlanguage: de\nanswer: Die Antwort\n')
  const { cards, decks, lessons, practice, study, search } = await renderSite(['content/lessons', own], root)
  expect(decks.map(({ title }) => title)).toEqual(['FastAPI interview answers you can run', 'HTTP, gefragt'])
  expect(cards.map(({ deck = 0, number }) => `${deck}/${number}`)).toEqual([
    ...Array.from({ length: 17 }, (_, index) => `0/${index + 1}`),
    ...['1/1', '1/2', '1/3'],
  ])
  expect(lessons.get('async-or-def')?.next).toBeNull()
  expect(lessons.get('safe-methods')?.previous).toBeNull()
  expect(lessons.get('idempotence')).toMatchObject({ answerTitle: 'Die Antwort', language: 'de', deck: 1 })
  expect(lessons.get('idempotence')?.related.map(({ name }) => name)).toEqual(['safe-methods', 'media-types'])
  expect(lessons.get('jwt')).toMatchObject({ answerTitle: 'The original, word for word', language: 'en' })
  expect(study.filter(({ deck }) => deck === 1).map(({ name }) => name)).toEqual([
    'safe-methods',
    'idempotence',
    'media-types',
  ])
  expect(practice.filter(({ deck }) => deck === 1).map(({ name }) => name)).toEqual(['idempotence'])
  expect(pathsFound(search, 'idempotence')).toContain('/lessons/idempotence')
  expect(pathsFound(search, 'IntegrityError handler')).toContain('/lessons/errors#today')
})

test('the built-in deck alone is told apart by nothing', async () => {
  const { cards, practice, study } = await renderSite('content/lessons', root)
  expect([...cards, ...practice, ...study].filter(({ deck }) => deck !== undefined)).toEqual([])
})

test('a term of two decks has two entries in the glossary, with anchors of their own', async () => {
  const meaning = 'meaning: Something that is explained here.'
  await change(
    '02-idempotence/lesson.md',
    '---\n\n## Answer',
    `terms:\n  - { term: effect, ${meaning} }\n---\n\n## Answer`,
  )
  const second = join(parent, 'copy')
  await cp(own, second, { recursive: true })
  for (const [from, to] of [
    ['01-safe-methods', '01-a'],
    ['02-idempotence', '02-b'],
    ['03-media-types', '03-c'],
  ] as const)
    await rename(join(second, from), join(second, to))
  for (const [name, related] of [
    ['01-a', 'b'],
    ['02-b', 'c'],
    ['03-c', 'a'],
  ] as const) {
    const file = join(second, name, 'lesson.md')
    await writeFile(file, (await readFile(file, 'utf8')).replace(/related: .*/, `related: [${related}]`))
  }
  await rm(join(second, '02-b/practice.yaml'))
  await rm(join(second, '02-b/practice.keys.json'))
  await rm(join(second, '02-b/practice'), { recursive: true })
  const { glossary } = await renderSite([own, second], root)
  expect(glossary.map(({ id, to }) => `${id} ${to}`)).toEqual([
    'effect /lessons/idempotence#term-effect',
    'effect-of-2 /lessons/b#term-effect',
  ])
})

test('a name that two decks have is a fault that names both, and so is a key or a misconception', async () => {
  await rename(join(own, '03-media-types'), join(own, '03-jwt'))
  for (const name of ['01-safe-methods', '02-idempotence'])
    await change(`${name}/lesson.md`, /related: .*/, 'related: [jwt]')
  const found = await faultsOf('content/lessons', own)
  expect(found).toHaveLength(1)
  expect(found[0]).toMatch(
    /own\/03-jwt:1: content\/lessons\/08-jwt has the name "jwt", too; rename one of the two folders$/,
  )

  await rename(join(own, '03-jwt'), join(own, '03-tokens'))
  for (const name of ['01-safe-methods', '02-idempotence'])
    await change(`${name}/lesson.md`, '[jwt]', '[tokens]')
  await change('03-tokens/lesson.md', 'title:', 'key: 08-jwt\ntitle:')
  expect((await faultsOf('content/lessons', own))[0]).toMatch(
    /own\/03-tokens\/lesson\.md:2: content\/lessons\/08-jwt\/lesson\.md has the key "08-jwt", too; each lesson has its own$/,
  )
  await change('03-tokens/lesson.md', 'key: 08-jwt\n', '')
  expect(await faultsOf('content/lessons', own)).toEqual([])
})

test('two lessons of one deck with the same name are a fault', async () => {
  await cp(join(own, '01-safe-methods'), join(own, '04-safe-methods'), { recursive: true })
  expect((await faultsOf(own)).join('\n')).toMatch(
    /04-safe-methods:1: .*01-safe-methods has the name "safe-methods", too; rename one of the two folders/,
  )
})

test('a name that stands for something else in addresses is a fault', async () => {
  await rename(join(own, '03-media-types'), join(own, '03-mixed'))
  expect((await faultsOf(own)).join('\n')).toContain('03-mixed:1: "mixed" has another meaning in addresses')
})

test('the faults of all decks are listed at once', async () => {
  const second = join(parent, 'second')
  await cp(own, second, { recursive: true })
  await writeFile(join(own, 'deck.yaml'), 'titel: Mine\n')
  await writeFile(join(second, 'deck.yaml'), 'language: x\n')
  const found = (await faultsOf(own, second)).join('\n')
  expect(found).toContain('own/deck.yaml:1: no such key "titel"')
  expect(found).toContain('second/deck.yaml:1: language: must be a language tag')
})

test('inserting a lesson and a step breaks no link and no progress', async () => {
  const before = await renderSite(own, root)
  const links = linksOf(before)
  expect(links.filter((link) => link.includes('?step=')).length).toBeGreaterThan(6)
  const progress = before.cards.flatMap(({ slug, claims }) => claims.map((claim) => `${slug}/${claim}`))
  const title = (site: Site, link: string): string | undefined => {
    const { pathname, searchParams } = new URL(link, 'http://viva.example')
    const lesson = site.lessons.get(lessonName(pathname.replace('/lessons/', '')))
    const step =
      searchParams.has('step') && lesson?.steps[stepAsked(searchParams.get('step'), lesson.steps) - 1]
    return step ? `${lesson.title}: ${step.title}` : lesson?.title
  }
  const titles = links.map((link) => title(before, link))

  await rename(join(own, '03-media-types'), join(own, '04-media-types'))
  await rename(join(own, '02-idempotence'), join(own, '03-idempotence'))
  await cp(join(own, '01-safe-methods'), join(own, '02-caching'), { recursive: true })
  await change('02-caching/lesson.md', /explains: .*\n/, '')
  await change(
    '03-idempotence/steps.yaml',
    'steps:\n',
    'steps:\n  - { id: first, title: A new step, note: It is new., method: GET, path: / }\n',
  )

  const after = await renderSite(own, root)
  expect(after.cards.map(({ number, name }) => `${number} ${name}`)).toContain('3 idempotence')
  expect(after.lessons.get('idempotence')?.steps[0]?.id).toBe('first')
  expect(links.map((link) => title(after, link))).toEqual(titles)
  // Older addresses, with the number that the folder had, lead to the same lessons.
  expect(title(after, '/lessons/02-idempotence')).toBe(title(before, '/lessons/idempotence'))
  const counted = after.cards.flatMap(({ slug, claims }) => claims.map((claim) => `${slug}/${claim}`))
  expect(counted).toEqual(expect.arrayContaining(progress))
})

/** Every address that a site writes of lessons and their steps. */
function linksOf(site: Site): string[] {
  const entries = JSON.parse(JSON.stringify(site.search)) as { storedFields: Record<string, { to: string }> }
  const found = Object.values(entries.storedFields).map(({ to }) => to)
  const refs = [...site.lessons.values()].flatMap(({ name, html }) =>
    [
      ...Object.values(html)
        .join('')
        .matchAll(/class="claim-ref" href="([^"]+)"/g),
    ].map(([, href]) => `/lessons/${name}${href}`),
  )
  return [...found, ...refs].filter((link) => link.startsWith('/lessons/'))
}

function pathsFound(search: object, words: string): string[] {
  const index = MiniSearch.loadJSON<SearchEntry>(JSON.stringify(search), SEARCH_OPTIONS)
  return index.search(words, { combineWith: 'AND' }).map(({ to }) => String(to))
}
