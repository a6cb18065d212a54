import type { PlainRequest } from '#contract/request.ts'
import { isLeftOut } from '../request/browser-headers.ts'
import { readAddress } from './address.ts'
import { applyOption, takeUrl } from './curl-options.ts'
import { notCurl } from './foreign-text.ts'
import { multipartBody, newBoundary } from './form-option.ts'
import { longOption, shortOption } from './option-names.ts'
import { newReading, type Reading } from './reading.ts'
import { shellWords } from './shell-words.ts'
import { bytesOf } from './utf8.ts'

/** A request read from a curl command, with notes on how the two differ. */
export interface CurlRequest extends PlainRequest {
  notes: string[]
}

/**
 * Reads a curl command as the request that curl would send, to this server. What a page can't send in the same way is refused or noted.
 * @param origin this server's; another host in the command is replaced, with a note
 * @throws SyntaxError with the reason, and what to do
 */
export function parseCurl(command: string, origin: string): CurlRequest {
  const { words, notes } = shellWords(command.trimStart().replace(/^[$%] (?=\s*\S*curl)/, ''))
  const [program, ...rest] = words
  if (program === undefined) throw new SyntaxError('Paste a command that starts with curl.')
  if (!/^(.*\/)?curl(\.exe)?$/.test(program)) throw notCurl(program)
  const reading = { ...newReading(), notes }
  let options = true
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (options && word === '--') options = false
    else if (options && word.startsWith('-')) readOption(word, rest, reading)
    else takeUrl(reading, word)
  }
  return requestOf(reading, origin)
}

function readOption(word: string, rest: string[], reading: Reading): void {
  if (word.startsWith('--')) {
    const { name, takesValue, on } = longOption(word.slice(2))
    return applyOption(reading, name, word, takesValue ? valueAfter(word, rest) : on)
  }
  if (word === '-') throw new SyntaxError('“-” is not a curl option.')
  // Short options may be combined, and the last one's value may follow directly: -sXPOST
  for (let at = 1; at < word.length; at += 1) {
    const written = `-${word.charAt(at)}`
    const { name, takesValue, on } = shortOption(word.charAt(at))
    if (takesValue)
      return applyOption(reading, name, written, word.slice(at + 1) || valueAfter(written, rest))
    applyOption(reading, name, written, on)
  }
}

function valueAfter(written: string, rest: string[]): string {
  const value = rest.shift()
  if (value === undefined) throw new SyntaxError(`${written} needs a value after it.`)
  return value
}

function requestOf(reading: Reading, origin: string): CurlRequest {
  refuseConflicts(reading)
  if (reading.url === null) throw new SyntaxError('There is no URL in this command.')
  const { url, globoff, pathAsIs, get, data, urlQuery, notes } = reading
  const inQuery = get ? data : null
  const address = readAddress(url, { globoff, pathAsIs, origin, query: inQuery ?? urlQuery })
  const { type, body } = bodyOf(reading)
  const method = methodOf(reading, body, notes)
  const headers = headersOf(reading, address.credentials, type)
  const left = [...new Set(headers.filter((pair) => isLeftOut(pair, headers)).map(([name]) => name))]
  if (left.length > 0)
    notes.push(`Browsers set ${left.join(', ')} themselves, so the values in the command aren't sent.`)
  return { method, path: address.path, headers, body, notes: [...notes, ...address.notes] }
}

function refuseConflicts({ head, get, data, form, urlQuery }: Reading): void {
  const kinds = [
    ...(head ? ['-I'] : []),
    ...(form.length ? ['-F'] : []),
    ...(data !== null && !get ? ['-d'] : []),
  ]
  if (kinds.length > 1)
    throw new SyntaxError(`curl rejects ${kinds.join(' together with ')}. Remove one of them.`)
  if (form.length && data !== null)
    throw new SyntaxError('curl rejects -F together with -d. Remove one of them.')
  if (get && data !== null && urlQuery !== null)
    throw new SyntaxError('With -G, curl ignores --url-query. Use one or the other.')
}

function bodyOf({ form, data, get, json, headers, without }: Reading): {
  type: string | null
  body: string | null
} {
  if (form.length > 0) {
    const own = headers.findIndex(([name]) => name.toLowerCase() === 'content-type')
    const [[, type] = ['', 'multipart/form-data']] = own < 0 ? [] : headers.splice(own, 1)
    if (!/^multipart\/form-data$/i.test(type) || without.has('content-type'))
      throw new SyntaxError('With -F, curl adds the boundary to the Content-Type itself. Remove that header.')
    const boundary = newBoundary()
    return { type: `${type}; boundary=${boundary}`, body: multipartBody(form, boundary) }
  }
  if (get || data === null) return { type: null, body: null }
  return { type: json ? null : 'application/x-www-form-urlencoded', body: data }
}

function methodOf({ method, head }: Reading, body: string | null, notes: string[]): string {
  const sent = method ?? (head ? 'HEAD' : body === null ? 'GET' : 'POST')
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(sent)) throw new SyntaxError(`“${sent}” after -X is not a method.`)
  if (/^(connect|trace|track)$/i.test(sent))
    throw new SyntaxError(`Browsers can't send ${sent.toUpperCase()}.`)
  // Source: https://fetch.spec.whatwg.org/#concept-method-normalize
  const normalized = /^(delete|get|head|options|post|put)$/i.test(sent) ? sent.toUpperCase() : sent
  if (normalized !== sent) notes.push(`A browser sends ${sent} as ${normalized}.`)
  if (body !== null && (normalized === 'GET' || normalized === 'HEAD'))
    notes.push(`Browsers can't send a body with ${normalized}. Choose another method, or remove the body.`)
  return normalized
}

/** The headers that curl adds by itself, as far as no `-H` replaces or removes them, and those of `-H`. */
function headersOf(reading: Reading, credentials: string | null, type: string | null): [string, string][] {
  const { user, bearer, json, headers, without } = reading
  const basic = user === null ? credentials : bytesOf(user)
  const own: [string, string | null][] = [
    [
      'Authorization',
      bearer === null ? (basic === null ? null : `Basic ${btoa(basic)}`) : `Bearer ${bearer}`,
    ],
    ['User-Agent', reading.userAgent || null],
    ['Referer', reading.referer || null],
    ['Cookie', reading.cookies.length ? reading.cookies.join('; ') : null],
    ['Content-Type', json ? 'application/json' : null],
    ['Accept', json ? 'application/json' : null],
  ]
  const given = new Set([...without, ...headers.map(([name]) => name.toLowerCase())])
  const added = ([name]: readonly [string, string | null]): boolean => !given.has(name.toLowerCase())
  const before = own.filter((pair): pair is [string, string] => pair[1] !== null && added(pair))
  const after: [string, string][] = type === null ? [] : [['Content-Type', type]]
  return [...before, ...headers, ...after.filter(added)]
}
