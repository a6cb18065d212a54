import { expect, test } from 'vitest'
import { loadDeck } from '../../deck/load.ts'
import { renderSite } from '../../deck/render/site.ts'
import { GENERIC_RUBRIC } from './score-words.ts'

const deck = await loadDeck('content/lessons')

test('each of the 17 questions has a rubric of its own', () => {
  expect(deck.filter(({ rubric }) => rubric === undefined).map(({ slug }) => slug)).toEqual([])
  const sentences = deck.flatMap(({ rubric }) => rubric ?? [])
  expect(sentences).toHaveLength(17 * 5)
  expect(new Set([...sentences, ...GENERIC_RUBRIC]).size).toBe(18 * 5)
})

test('pages load no sentence of a rubric', async () => {
  const { lessons, cards, search } = await renderSite('content/lessons', process.cwd())
  const pages = JSON.stringify([[...lessons.values()], cards, search])
  const found = deck.flatMap(({ rubric }) => rubric ?? []).filter((sentence) => pages.includes(sentence))
  expect(found).toEqual([])
})
