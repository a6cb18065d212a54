import type { Check } from '#contract/match.ts'
import { HIDDEN } from '#contract/trace.ts'
import { hideInPath } from './hide-in-path.ts'
import { REQUEST_NAMES, RESPONSE_NAMES } from './known-names.ts'
import { recordedName, type Secrets } from './secrets.ts'

/** More than any task has. */
const MAX_CHECKS = 40
const MAX_CHARACTERS = 300

/** Headers that only the server writes, with values that repeat nothing of the request. */
const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  ...['allow', 'retry-after', 'www-authenticate', 'content-type', 'content-length'],
  ...['x-frame-options', 'x-content-type-options', 'access-control-allow-methods'],
])
/** Fields of the project, whose names are no secret though some of their values are. */
const FIELD_NAMES: ReadonlySet<string> = new Set([
  ...RESPONSE_NAMES,
  ...['password', 'hashed_password', 'access_token'],
])
const list = new Intl.ListFormat('en')
/** Parts of a token's payload that name a person by id or a time. */
const PLAIN_PAYLOAD: ReadonlySet<string> = new Set(['sub', 'exp'])

/**
 * Checks as they are recorded. The value that a check found is kept only where the recording of the request keeps it, too; of lists
 * only the length is, of objects the names of known fields. Statuses, counts and trace steps are kept as they are.
 */
export function hideInChecks(checks: readonly Check[], secrets: Secrets): Check[] {
  return checks.slice(0, MAX_CHECKS).map(({ subject, expected, actual, ok }) => {
    const shown = shownValue(subject, actual, secrets)
    return { subject: cut(subject), expected: cut(expected), actual: cut(shown), ok }
  })
}

function shownValue(subject: string, actual: string, secrets: Secrets): string {
  if (actual === 'absent' || actual === 'not JSON') return actual
  const [, kind = '', path = ''] = /^(JSON: |request: |header |text$)(.*)$/.exec(subject) ?? []
  if (kind !== '' && /^[[{]/.test(actual)) return outlineOf(actual)
  // The end of a cut value is unknown, and so is whether a secret begins there.
  if (secrets.in(actual) || (actual.endsWith('…') && !secrets.isEmpty)) return HIDDEN
  if (kind === '') return actual
  if (kind === 'header ') return PLAIN_HEADERS.has(path.toLowerCase()) ? actual : HIDDEN
  if (kind === 'request: ' && path === 'path') return shownPath(actual, secrets)
  return isPlain(kind, path, actual) ? actual : HIDDEN
}

function isPlain(kind: string, path: string, actual: string): boolean {
  const name = path.split(/\.|: | › /).findLast((part) => !/^-?\d+$/.test(part)) ?? ''
  if (path.startsWith('payload of ')) return PLAIN_PAYLOAD.has(name)
  if (kind === 'request: ') {
    return path === 'method' || (!path.startsWith('headers') && REQUEST_NAMES.has(name))
  }
  if (name === 'loc') return recordedName(unquoted(actual)) === unquoted(actual)
  // Of a validation error, `input` repeats what was sent. Ids and paths are kept only as numbers and plain words.
  if (name === 'input' || name === 'path') return false
  return RESPONSE_NAMES.has(name) && (name !== 'id' || !actual.startsWith('"'))
}

function shownPath(actual: string, secrets: Secrets): string {
  return JSON.stringify(hideInPath(unquoted(actual), { names: REQUEST_NAMES, secrets }))
}

function unquoted(actual: string): string {
  try {
    return String(JSON.parse(actual))
  } catch {
    return actual
  }
}

/** What is left of a list or an object: how long it is, and which of the project's own fields it has. */
function outlineOf(actual: string): string {
  try {
    const value = JSON.parse(actual) as object
    return Array.isArray(value) ? `a list of ${value.length}` : objectOf(Object.keys(value))
  } catch {
    return actual.startsWith('[') ? 'a list' : 'an object'
  }
}

function objectOf(names: readonly string[]): string {
  if (names.length === 0) return 'an empty object'
  const known = names.filter((name) => FIELD_NAMES.has(name))
  const others = names.length - known.length
  const rest = others === 0 ? [] : [`${others} ${others === 1 ? 'other field' : 'other fields'}`]
  return `an object with ${list.format([...known, ...rest])}`
}

function cut(text: string): string {
  return text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS - 1)}…` : text
}
