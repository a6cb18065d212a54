/** One entry of the search index: a lesson, a part of it, a step, or a term of the glossary. */
export interface SearchEntry {
  id: string
  /** Path and fragment within the site. */
  to: string
  kind: 'lesson' | 'section' | 'step' | 'term'
  title: string
  /** The lesson's number and title; of a term, what its letters stand for. */
  lesson: string
  text: string
}

/** MiniSearch's options: the browser can read the index only with those that the build wrote it with. */
export const SEARCH_OPTIONS = {
  fields: ['title', 'lesson', 'text'],
  storeFields: ['to', 'kind', 'title', 'lesson', 'text'],
}
