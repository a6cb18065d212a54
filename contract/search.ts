/** One entry of the search index: a lesson, a part of it, or a step. */
export interface SearchEntry {
  id: string
  /** Address within the site. */
  to: string
  kind: 'lesson' | 'section' | 'step'
  title: string
  /** The lesson's number and title. */
  lesson: string
  text: string
}

/** MiniSearch's options. The build writes the index with them, and the browser can read it only with the same. */
export const SEARCH_OPTIONS = {
  fields: ['title', 'lesson', 'text'],
  storeFields: ['to', 'kind', 'title', 'lesson', 'text'],
}
