import MiniSearch from 'minisearch'
import { beforeAll, expect, test } from 'vitest'
import { claimsOf, type Deck } from '#contract/lesson.ts'
import { factObstacle, OBSTACLE_REASONS } from '#contract/original-tab/facts.ts'
import { SEARCH_OPTIONS, type SearchEntry } from '#contract/search.ts'
import { loadDeck } from '../load.ts'
import { plainText } from '../prose.ts'
import { renderSite, type Site } from './site.ts'

const folder = 'content/lessons'
let site: Site
let deck: Deck

beforeAll(async () => {
  site = await renderSite(folder, process.cwd())
  deck = await loadDeck(folder)
})

test('every sentence that a claim shows is marked in its lesson, unless it is in a heading or the question', () => {
  for (const lesson of deck) {
    const html = Object.values(site.lessons.get(lesson.name)?.html ?? {}).join('')
    const headings = [
      lesson.question,
      ...[...lesson.commonMistakes, ...lesson.followUps].map(({ heading }) => heading),
    ]
    const titles = headings.map(plainText).join(' ')
    const unmarked = claimsOf(lesson)
      .filter(({ claim }) => !titles.includes(claim.sentence))
      .filter(({ claim }) => !new RegExp(`data-claims="([^"]* )?${claim.id}[ "]`).test(html))
    expect(
      unmarked.map(({ claim }) => claim.id),
      lesson.slug,
    ).toEqual([])
  }
})

test('the words of an original answer are not changed by marks and markup', () => {
  for (const lesson of deck) {
    const html = site.lessons.get(lesson.name)?.html.answer ?? ''
    const read = html
      .replace(/<details class="fact".*?<\/details>/gs, '')
      .replace(/ ?<a class="(claim|fact)-ref.*?<\/a>/g, '')
      .replace(/ <a class="correction".*?<\/a>/g, '')
      .replace(/<\/(p|li|pre|ul|ol|h\d)>/g, ' ')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&amp;', '&')
    expect(read.replace(/\s+/g, ' ').trim()).toBe(plainText(lesson.answer))
  }
})

test('no page has a style attribute, a script or a handler', () => {
  const all = [...site.lessons.values()].flatMap(({ html }) => Object.values(html)).join('')
  expect(all).not.toMatch(/<[^>]*\s(style|on\w+)=/)
  expect(all).not.toContain('<script')
})

test('lessons link to the previous and the next one', () => {
  const names = site.cards.map(({ name }) => name)
  names.forEach((name, index) => {
    expect(site.lessons.get(name)?.previous?.name).toBe(names[index - 1])
    expect(site.lessons.get(name)?.next?.name).toBe(names[index + 1])
  })
})

test('answers, follow-ups and steps are found by their words', () => {
  const index = MiniSearch.loadJSON<SearchEntry>(JSON.stringify(site.search), SEARCH_OPTIONS)
  const found = (words: string) => index.search(words, { combineWith: 'AND' }).map(({ to }) => String(to))
  expect(found('IntegrityError handler')).toContain('/lessons/errors#today')
  expect(found('domain errors become responses')[0]).toMatch(/^\/lessons\/errors#follow-\d$/)
  expect(found('rainbow tables are useless')).toContain('/lessons/password-hashing#say')
  expect(found('Ada deletes herself')[0]).toBe('/lessons/errors?step=delete-herself')
})

test('every region has code for both twins', () => {
  expect(site.code['users.get_user']?.html.python).toContain('get_user')
  expect(site.code['users.get_user']?.typescript.file).toBe('routers/users.ts')
})

test('every fact is on its page once, and every link to a fact leads to one', () => {
  for (const lesson of deck) {
    const html = Object.values(site.lessons.get(lesson.name)?.html ?? {}).join('')
    const ids = [...html.matchAll(/<details class="fact" id="fact-([^"]+)"/g)].map(([, id]) => id)
    expect(ids.sort()).toEqual(lesson.facts.map(({ id }) => id).sort())
    for (const [, id] of html.matchAll(/href="#fact-([^"]+)"/g)) expect(ids).toContain(id)
  }
})

test('every fact leads to where it can be run, or says why it can’t be; its code is there for the page', () => {
  for (const lesson of deck) {
    const html = Object.values(site.lessons.get(lesson.name)?.html ?? {}).join('')
    for (const fact of lesson.facts) {
      const fold = html.slice(html.indexOf(`id="fact-${fact.id}"`))
      const note = fold.slice(0, fold.indexOf('</details>'))
      const obstacle = factObstacle(fact)
      if (obstacle) expect(note).toContain(OBSTACLE_REASONS[obstacle])
      else expect(note).toContain(`href="/original/fact?lesson=${lesson.name}&amp;id=${fact.id}"`)
      expect(site.facts.get(lesson.name)).toContainEqual(
        expect.objectContaining({ id: fact.id, code: fact.code }),
      )
    }
    const listed = site.factGroups.find(({ name }) => name === lesson.name)?.facts.map(({ id }) => id)
    expect(listed ?? []).toEqual(lesson.facts.map(({ id }) => id))
  }
})

test('each sentence of an original answer that nothing shows links to the reason, which is on its page', () => {
  for (const lesson of deck) {
    const { answer = '' } = site.lessons.get(lesson.name)?.html ?? {}
    lesson.notShown.forEach(({ because }, index) => {
      const id = `not-shown-${index + 1}`
      const link = new RegExp(
        `<a class="[^"]*" href="#${id}" aria-label="Not shown here, and why: [^"]+">not shown here</a>`,
      )
      expect(answer).toMatch(link)
      const fold = answer.slice(answer.indexOf(`<details class="fact" id="${id}">`))
      expect(fold.slice(0, fold.indexOf('</details>'))).toContain(because)
    })
  }
})

test('every term of the glossary links to a paragraph that is on its page, and is found by search', () => {
  const terms = deck.flatMap((lesson) => lesson.terms.map(({ term }) => term))
  expect(site.glossary.map(({ term }) => term).sort()).toEqual(terms.sort())
  const index = MiniSearch.loadJSON<SearchEntry>(JSON.stringify(site.search), SEARCH_OPTIONS)
  for (const { id, term, to } of site.glossary) {
    const [, name = '', anchor = ''] = /^\/lessons\/([^#]+)#(.+)$/.exec(to) ?? []
    const html = Object.values(site.lessons.get(name)?.html ?? {}).join('')
    expect(html.split(`id="${anchor}" class="link-target" tabindex="-1"`), to).toHaveLength(2)
    const found = index.search(term, { combineWith: 'AND' }).map((result) => String(result.to))
    expect(found, term).toContain(`/glossary#${id}`)
  }
})

test('the glossary is in alphabetical order, whatever the capitals', () => {
  const terms = site.glossary.map(({ term }) => term.toLowerCase())
  expect(terms.indexOf('bcrypt')).toBeLessThan(terms.indexOf('brute force'))
  expect(terms.indexOf('gil')).toBeGreaterThan(terms.indexOf('flush'))
})
