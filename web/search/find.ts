import MiniSearch, { type SearchResult } from 'minisearch'
import { SEARCH_OPTIONS, type SearchEntry } from '#contract/search.ts'
import { fetchSearchIndex } from '../api/pages.ts'

export type Find = (words: string) => SearchEntry[]

const MAX_RESULTS = 30

let index: Promise<MiniSearch<SearchEntry>> | undefined

/**
 * Loads the index once. Words match by prefix and with a typo; titles weigh most.
 * @throws PageFailure when it couldn't be loaded; the next call tries again
 */
export async function loadFind(): Promise<Find> {
  index ??= fetchSearchIndex().then((json) => MiniSearch.loadJSON<SearchEntry>(json, SEARCH_OPTIONS))
  const loaded = await index.catch((error: unknown) => {
    index = undefined
    throw error
  })
  return (words) => {
    const options = { prefix: true, fuzzy: 0.15, boost: { title: 3, lesson: 1.5 } }
    const all = loaded.search(words, { ...options, combineWith: 'AND' })
    const some = all.length > 0 ? all : loaded.search(words, options)
    return some.slice(0, MAX_RESULTS).map(entryOf)
  }
}

function entryOf(result: SearchResult): SearchEntry {
  const { id, to, kind, title, lesson, text } = result as SearchResult & SearchEntry
  return { id, to, kind, title, lesson, text }
}

/** The part of a text around the first search word, cut between words, about `length` characters long. */
export function excerptOf(text: string, words: string, length = 110): string {
  const first = words.trim().toLowerCase().split(/\s+/)[0] ?? ''
  const found = first === '' ? -1 : text.toLowerCase().indexOf(first)
  if (text.length <= length) return text
  const start = Math.max(0, found - 36)
  const from = start === 0 ? 0 : text.indexOf(' ', start) + 1
  const to = text.lastIndexOf(' ', from + length)
  const cut = text.slice(from, to > from ? to : from + length)
  return `${from > 0 ? '… ' : ''}${cut}${from + cut.length < text.length ? ' …' : ''}`
}
