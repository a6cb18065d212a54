/** How the search index is made at build and read in the browser: both must be the same. */
export const SEARCH_OPTIONS = {
  fields: ['title', 'lesson', 'text'],
  storeFields: ['to', 'kind', 'title', 'lesson', 'text'],
}
