import type { PlainRequest } from '../../contract/request.ts'
import { ALONE, SHORT, WITH_VALUE, type Reading } from './curl-options.ts'
import { shellWords } from './shell-words.ts'

/** A request read from a curl command, and what of the command does not hold here. */
export interface CurlRequest extends PlainRequest {
  notes: string[]
}

/**
 * Reads a curl command as a request to this server.
 * @param origin this server's; another host in the command is left out, with a note
 * @throws SyntaxError with the reason when the command can't be read or needs what a page hasn't got, such as a file
 */
export function parseCurl(command: string, origin: string): CurlRequest {
  const [program, ...words] = shellWords(command.trim().replace(/^\$ /, ''))
  if (program === undefined) throw new SyntaxError('Paste a command that begins with curl.')
  if (!/^(.*\/)?curl(\.exe)?$/.test(program))
    throw new SyntaxError(`This begins with “${program}”, not with curl.`)
  const reading: Reading = {
    method: null,
    url: null,
    headers: [],
    without: new Set(),
    data: [],
    query: false,
    json: false,
  }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) readWord(word, rest, reading)
  return finish(reading, origin)
}

function readWord(word: string, rest: string[], reading: Reading): void {
  if (word.startsWith('--')) {
    const at = word.indexOf('=')
    const value = at < 0 ? undefined : word.slice(at + 1)
    return option(at < 0 ? word.slice(2) : word.slice(2, at), word, () => value ?? rest.shift(), reading)
  }
  if (!word.startsWith('-') || word === '-') {
    if (reading.url !== null)
      throw new SyntaxError(`There are two addresses, ${reading.url} and ${word}. Is a quote missing?`)
    reading.url = word
    return
  }
  // Short options may stand together, and the last one's value may follow at once: -sXPOST
  for (let at = 1; at < word.length; at += 1) {
    const name = SHORT[word[at] ?? '']
    if (name === undefined) throw new SyntaxError(`The option -${word[at]} is not known here.`)
    if (!(name in WITH_VALUE)) option(name, `-${word[at]}`, () => undefined, reading)
    else return option(name, `-${word[at]}`, () => word.slice(at + 1) || rest.shift(), reading)
  }
}

function option(name: string, written: string, next: () => string | undefined, reading: Reading): void {
  const take = WITH_VALUE[name]
  if (take) {
    const value = next()
    if (value === undefined) throw new SyntaxError(`${written} needs a value after it.`)
    take(reading, value)
  } else if (name === 'head') reading.method ??= 'HEAD'
  else if (name === 'get') reading.query = true
  else if (name === 'form' || name === 'upload-file')
    throw new SyntaxError(`${written} sends files, and this API takes none.`)
  else if (!ALONE.has(name)) throw new SyntaxError(`The option ${written} is not known here.`)
}

function finish({ method, url, headers, without, data, query, json }: Reading, origin: string): CurlRequest {
  if (url === null) throw new SyntaxError('There is no address in this command.')
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(url)
    ? url
    : url.startsWith('/')
      ? origin + url
      : `http://${url}`
  if (!URL.canParse(written)) throw new SyntaxError(`“${url}” is not an address.`)
  const target = new URL(written)
  const notes = target.origin === origin ? [] : [`It named ${target.origin}; here it goes to this server.`]
  const joined = data.length ? data.join(json ? '' : '&') : null
  const add = (name: string, value: string): void => {
    const given =
      without.has(name.toLowerCase()) || headers.some(([other]) => other.toLowerCase() === name.toLowerCase())
    if (!given) headers.push([name, value])
  }
  if (query && joined !== null) target.search += (target.search ? '&' : '?') + joined
  const body = query ? null : joined
  if (body !== null) add('Content-Type', json ? 'application/json' : 'application/x-www-form-urlencoded')
  if (json) add('Accept', 'application/json')
  return {
    method: method ?? (body === null ? 'GET' : 'POST'),
    path: target.pathname + target.search,
    headers,
    body,
    notes,
  }
}
