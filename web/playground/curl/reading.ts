/** What has been read from a command so far. */
export interface Reading {
  method: string | null
  url: string | null
  /** As given with `-H`. */
  headers: [name: string, value: string][]
  /** Lower-case names that `-H 'Name:'` removes from what curl would send. */
  without: Set<string>
  /** What `-d` and its relatives have put together so far. */
  data: string | null
  json: boolean
  form: FormPart[]
  /** What `--url-query` has put together so far. */
  urlQuery: string | null
  get: boolean
  head: boolean
  user: string | null
  bearer: string | null
  userAgent: string | null
  referer: string | null
  cookies: string[]
  globoff: boolean
  pathAsIs: boolean
  notes: string[]
}

/** A field of a multipart form. */
export interface FormPart {
  name: string
  value: string
  type: string | null
}

/** The state before the first option. */
export function newReading(): Reading {
  return {
    method: null,
    url: null,
    headers: [],
    without: new Set(),
    data: null,
    json: false,
    form: [],
    urlQuery: null,
    get: false,
    head: false,
    user: null,
    bearer: null,
    userAgent: null,
    referer: null,
    cookies: [],
    globoff: false,
    pathAsIs: false,
    notes: [],
  }
}
