/** An answer of either side. */
export interface Comparable {
  status: number
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  text: string
  /** `undefined` when the body isn't JSON. */
  json: unknown
}

/** A place where the two answers differ; null where one of them has nothing. */
export interface AnswerDifference {
  /** Such as `status`, `header allow` or `body detail.0.type`. */
  where: string
  twin: string | null
  original: string | null
}

export interface Comparison {
  differences: AnswerDifference[]
  /** Places that differ because they are times or tokens, each name once. */
  masked: string[]
  /** How many places were compared and are equal. */
  same: number
}

/** Headers that the project sets. Others are of the server around the twin, which uvicorn doesn't have. */
const HEADERS = [
  'content-type',
  'www-authenticate',
  'allow',
  'location',
  'retry-after',
  'vary',
  'x-order',
  'access-control-allow-origin',
  'access-control-allow-methods',
  'access-control-allow-headers',
  'access-control-expose-headers',
  'access-control-max-age',
]

/** Values that differ between any two answers, by the last name of their path, as long as both have the right shape. */
const MASKS: ReadonlyMap<unknown, RegExp> = new Map([
  ['created_at', /^"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z"$/],
  ['access_token', /^"[\w-]+\.[\w-]+\.[\w-]+"$/],
  ['started', /^\d+(\.\d+)?(e[+-]?\d+)?$/],
  ['ended', /^\d+(\.\d+)?(e[+-]?\d+)?$/],
])

/**
 * Where the answers of twin and original differ: status, headers of the project, and JSON place by place (other bodies as a whole). The
 * order of keys doesn't count, nor does the host of a redirect.
 */
export function compareAnswers(twin: Comparable, original: Comparable): Comparison {
  const one = placesOf(twin)
  const other = placesOf(original)
  const masked = new Set<string>()
  const differences: AnswerDifference[] = []
  let same = 0
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    const [left, right] = [one.get(key), other.get(key)]
    const { path = [] } = left ?? right ?? {}
    if (left?.value === right?.value) same++
    else if (isMasked(path, left, right)) masked.add(String(path.at(-1)))
    else differences.push({ where: nameOf(path), twin: left?.value ?? null, original: right?.value ?? null })
  }
  // It is a time as well, and always differs.
  if ('x-process-time' in twin.headers && 'x-process-time' in original.headers) masked.add('X-Process-Time')
  return { differences, masked: [...masked], same }
}

/** A path names a part of the answer first; indexes of lists are numbers, as a key may look like one. */
interface Place {
  path: (string | number)[]
  value: string
}

function placesOf({ status, headers, text, json }: Comparable): Map<string, Place> {
  const places = new Map<string, Place>()
  const add = (path: Place['path'], value: string) => places.set(JSON.stringify(path), { path, value })
  add(['status'], String(status))
  for (const name of HEADERS) {
    const value = headers[name]
    if (value !== undefined) add(['header', name], name === 'location' ? withoutHost(value) : value)
  }
  if (json === undefined) add(['body'], text)
  else addJson(json, ['body'], add)
  return places
}

function addJson(
  value: unknown,
  path: Place['path'],
  add: (path: Place['path'], value: string) => void,
): void {
  const entries = value !== null && typeof value === 'object' ? Object.entries(value) : []
  if (entries.length === 0) add(path, JSON.stringify(value))
  for (const [name, item] of entries)
    addJson(item, [...path, Array.isArray(value) ? Number(name) : name], add)
}

function isMasked(path: Place['path'], left?: Place, right?: Place): boolean {
  const mask = MASKS.get(path.at(-1))
  return (
    path[0] === 'body' && mask !== undefined && [left, right].every((place) => mask.test(place?.value ?? ''))
  )
}

function nameOf([part, ...rest]: Place['path']): string {
  return `${part} ${rest.join('.')}`.trim()
}

function withoutHost(address: string): string {
  return address.replace(/^https?:\/\/[^/]*/i, '')
}

/** What was found, in a sentence: `The same, but for created_at and X-Process-Time, which are times or tokens.` */
export function sentenceOf({ differences, masked }: Comparison): string {
  const names =
    masked.length > 1 ? `${masked.slice(0, -1).join(', ')} and ${masked.at(-1)}` : (masked[0] ?? '')
  const kind = masked.every((name) => name === 'access_token')
    ? 'tokens'
    : masked.includes('access_token')
      ? 'times or tokens'
      : 'times'
  const apart = masked.length > 0 ? `, apart from ${names} (${kind})` : ''
  if (differences.length === 0) return `Both gave the same answer${apart}.`
  const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`
  return `${count}${apart}.`
}
