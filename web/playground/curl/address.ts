import { parsedUrl } from '../../browser/newer.ts'
import { unglob } from './glob.ts'
import { bytesOf } from './utf8.ts'

export interface AddressOptions {
  globoff: boolean
  pathAsIs: boolean
  /** Appended to the address's own query, or null. */
  query: string | null
  /** This server's. */
  origin: string
}

export interface Address {
  /** Path and query as a browser sends them. */
  path: string
  /** `user:password` as bytes, one character each, or null. */
  credentials: string | null
  notes: string[]
}

/**
 * Reads a URL as curl does, for a request to this server.
 * @throws SyntaxError for one that curl rejects, that isn't HTTP or that only curl can send
 */
export function readAddress(written: string, options: AddressOptions): Address {
  // Both end an address for curl before it is parsed again, and a space in it is refused.
  const url = options.globoff ? written : unglob(written)
  if (/[\0-\x20\x7f]/.test(url + (options.query ?? '')))
    throw new SyntaxError(
      'curl rejects a URL that contains a space or a control character. Write a space as %20.',
    )
  if (url.startsWith('//'))
    throw new SyntaxError('curl rejects a URL that starts with //. Write http:// before the host.')
  const notes: string[] = []
  const { host, rest } = url.startsWith('/') ? { host: null, rest: url } : withHost(url)
  if (host === null)
    notes.push('The command names no host, which curl needs; the request goes to this server.')
  else if (originOf(host, written) !== options.origin)
    notes.push(`The command names ${originOf(host, written)}; the request goes to this server instead.`)

  const [, path = '', ownQuery] = /^([^?#]*)(?:\?([^#]*))?/.exec(rest) ?? []
  const query = joined(ownQuery, options.query)?.split('#', 1)[0]
  const dotted = path === '' ? '/' : path
  // With a query to append, curl parses the address once more, without --path-as-is.
  const asCurl = options.pathAsIs && options.query === null ? dotted : withoutDots(dotted)
  if (asCurl.startsWith('//'))
    throw new SyntaxError(
      `The path ${asCurl} starts with two slashes, which a browser reads as another host. Remove one.`,
    )
  const encoded =
    encode(asCurl, /["<>\\^`{}]|[^\0-\x7f]/gu) +
    (query === undefined ? '' : `?${encode(query, /["<>']|[^\0-\x7f]/gu)}`)
  const sent = asBrowser(encoded)
  if (encoded !== asCurl + (query === undefined ? '' : `?${query}`))
    notes.push(`A browser percent-encodes some characters of the URL: ${sent}`)
  if (sent !== encoded) notes.push(`A browser resolves “.” and “..” in a path, and %2e as well: ${sent}`)
  if (sent.startsWith('//')) throw new SyntaxError(`A browser would read the path ${sent} as another host.`)
  return { path: sent, credentials: credentialsOf(host), notes }
}

interface Host {
  scheme: string
  user: string | null
  name: string
}

function withHost(url: string): { host: Host; rest: string } {
  const scheme = /^([a-z][a-z\d+.-]*):\/{1,3}/i.exec(url)
  const guessed = /^(ftp|dict|ldap|imap|smtp|pop3)\./i.exec(url)?.[1]
  const name = (scheme?.[1] ?? guessed ?? 'http').toLowerCase()
  if (name !== 'http' && name !== 'https')
    throw new SyntaxError(`“${url}” uses ${name}, and only HTTP requests can be sent here.`)
  const after = url.slice(scheme?.[0].length ?? 0)
  const authority = /^[^/?#]*/.exec(after)?.[0] ?? ''
  const at = authority.indexOf('@')
  const host = { scheme: name, user: at < 0 ? null : authority.slice(0, at), name: authority.slice(at + 1) }
  return { host, rest: after.slice(authority.length) }
}

function originOf({ scheme, name }: Host, written: string): string {
  const url = /[@\\]/.test(name) || name === '' ? null : parsedUrl(`${scheme}://${name}/`)
  if (url) return url.origin
  throw new SyntaxError(`“${written}” is not a URL.`)
}

function credentialsOf(host: Host | null): string | null {
  if (host === null || host.user === null) return null
  const [user = '', ...password] = host.user.split(':')
  return [user, password.join(':')].map(percentDecoded).join(':')
}

function percentDecoded(text: string): string {
  return bytesOf(text).replaceAll(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

function joined(own: string | undefined, appended: string | null): string | undefined {
  if (appended === null) return own
  if (own === undefined || own === '') return appended === '' ? undefined : appended
  return own.endsWith('&') ? own + appended : `${own}&${appended}`
}

/** Removes `.` and `..` as RFC 3986 says, in section 5.2.4. */
function withoutDots(path: string): string {
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1
    if (segment === '..') kept.pop()
    if (segment !== '.' && segment !== '..') kept.push(segment)
    else if (last) kept.push('')
  }
  return `/${kept.join('/')}`
}

function encode(text: string, characters: RegExp): string {
  return text.replaceAll(characters, (char) =>
    Array.from(
      bytesOf(char),
      (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    ).join(''),
  )
}

/** Source: https://url.spec.whatwg.org/#concept-basic-url-parser */
function asBrowser(path: string): string {
  const here = 'http://viva.invalid'
  return new URL(here + path).href.slice(here.length)
}
