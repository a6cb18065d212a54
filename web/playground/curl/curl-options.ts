import { DATA_OPTIONS } from './data-options.ts'
import { readFormPart, readFormString } from './form-option.ts'
import type { Reading } from './reading.ts'

type Take = (reading: Reading, value: string) => void

/** Options that take a value, and what they do with it. */
const TAKES = new Map<string, Take>([
  ...DATA_OPTIONS,
  ['request', (reading, value) => void (reading.method = value)],
  ['url', takeUrl],
  ['header', takeHeader],
  ['form', (reading, value) => void reading.form.push(readFormPart(value))],
  ['form-string', (reading, value) => void reading.form.push(readFormString(value))],
  ['user', takeUser],
  ['oauth2-bearer', (reading, value) => void (reading.bearer = value)],
  ['user-agent', (reading, value) => void (reading.userAgent = value)],
  ['referer', (reading, value) => void (reading.referer = value.replace(/;auto$/, ''))],
  ['cookie', takeCookie],
])

/** Options without a value, and what they switch on or, as `--no-…`, off. */
const SWITCHES = new Map<string, (reading: Reading, on: boolean) => void>([
  ['get', (reading, on) => void (reading.get = on)],
  ['head', (reading, on) => void (reading.head = on)],
  ['globoff', (reading, on) => void (reading.globoff = on)],
  ['path-as-is', (reading, on) => void (reading.pathAsIs = on)],
])

/** Options that change how curl connects, waits and shows the answer, but not the request. */
const WITHOUT_EFFECT = new Set(
  `abstract-unix-socket alpn alt-svc append basic buffer cacert capath cert cert-status cert-type ciphers clobber compressed
   connect-timeout connect-to cookie-jar create-dirs create-file-mode crlfile curves disable dns-interface dns-ipv4-addr
   dns-ipv6-addr dns-servers doh-cert-status doh-insecure doh-url dump-header engine etag-save expect100-timeout fail fail-early
   fail-with-body false-start happy-eyeballs-timeout-ms hsts http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only
   ignore-content-length include insecure interface ipv4 ipv6 junk-session-cookies keepalive keepalive-time key key-type libcurl
   limit-rate local-port location location-trusted max-filesize max-redirs max-time noproxy npn output output-dir parallel
   parallel-immediate parallel-max pass pinnedpubkey post301 post302 post303 progress-bar progress-meter proto proto-redir proxy
   proxy-insecure proxy-user proxytunnel random-file rate raw remote-header-name remote-name remote-name-all remote-time
   remove-on-error resolve retry retry-all-errors retry-connrefused retry-delay retry-max-time sessionid show-error silent socks4
   socks4a socks5 socks5-hostname speed-limit speed-time ssl ssl-no-revoke ssl-reqd sslv2 sslv3 stderr styled-output
   suppress-connect-headers tcp-fastopen tcp-nodelay tls-max tls13-ciphers tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 trace
   trace-ascii trace-time unix-socket verbose write-out xattr`.split(/\s+/),
)

const REASONS = new Map([
  ['range', "it isn’t supported here. Use -H 'Range: bytes=…' instead"],
  ['time-cond', "it isn’t supported here. Use -H 'If-Modified-Since: …' instead"],
  ['upload-file', 'it sends a file, which a page can’t read. Paste the contents after --data-raw instead'],
  ['config', 'it reads more options from a file. Paste those instead'],
  ['next', 'it starts a second request. Paste one at a time'],
  ['netrc', 'it reads a password from a file. Write it after -u'],
  ['netrc-file', 'it reads a password from a file. Write it after -u'],
  ...['anyauth', 'digest', 'negotiate', 'ntlm', 'ntlm-wb', 'aws-sigv4'].map((name): [string, string] => [
    name,
    'a page can’t use this kind of authentication',
  ]),
])

/**
 * Does what an option says.
 * @param written as the person wrote it, for messages
 * @throws SyntaxError for an option that changes the request in a way that isn't supported
 */
export function applyOption(reading: Reading, name: string, written: string, value: string | boolean): void {
  if (typeof value === 'string') {
    const take = TAKES.get(name)
    if (take) return take(reading, value)
  } else {
    const set = SWITCHES.get(name)
    if (set) return set(reading, value)
  }
  if (WITHOUT_EFFECT.has(name)) return
  const reason = REASONS.get(name) ?? 'it changes what is sent and isn’t supported here. Remove it'
  throw new SyntaxError(`${written} can't be used: ${reason}.`)
}

/** The address, as a word of its own or after `--url`. @throws SyntaxError for a second one */
export function takeUrl(reading: Reading, value: string): void {
  if (reading.url !== null)
    throw new SyntaxError(`There are two URLs, ${reading.url} and ${value}. Is a quote missing?`)
  reading.url = value
}

function takeHeader({ headers, without }: Reading, text: string): void {
  if (text.startsWith('@'))
    throw new SyntaxError(`${text} is a file, which a page can't read. Write each header after -H.`)
  const colon = text.indexOf(':')
  const empty = colon < 0 ? /^([^;]*);\s*$/.exec(text)?.[1] : undefined
  if (colon < 0 && empty === undefined) throw new SyntaxError(`“${text}” is not a header: it has no colon.`)
  const name = empty ?? text.slice(0, colon)
  const value = empty === undefined ? text.slice(colon + 1).replaceAll(/^[\t ]+|[\t ]+$/g, '') : ''
  // Source: RFC 9110, section 5.6.2, https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) throw new SyntaxError(`“${name}” is not a valid header name.`)
  if (/[\r\n\0]/.test(value))
    throw new SyntaxError(`The header ${name} contains a line break, which browsers can't send.`)
  if (empty === undefined && value === '') without.add(name.toLowerCase())
  else headers.push([name, value])
}

function takeUser(reading: Reading, value: string): void {
  if (!value.includes(':'))
    throw new SyntaxError(
      'curl would prompt for the password of -u. Write it after a colon: -u name:password.',
    )
  reading.user = value
}

function takeCookie({ cookies }: Reading, value: string): void {
  if (value === '') return
  if (!value.includes('='))
    throw new SyntaxError(
      `${value} after -b is a cookie file, which a page can't read. Write the cookies as name=value.`,
    )
  cookies.push(value)
}
