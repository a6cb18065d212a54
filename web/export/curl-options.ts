/** What has been read of a command so far. */
export interface Reading {
  method: string | null
  url: string | null
  headers: [string, string][]
  /** Lower-case names that `-H 'Name:'` takes away from what curl would send. */
  without: Set<string>
  data: string[]
  query: boolean
  json: boolean
}

type Take = (reading: Reading, value: string) => void

const header =
  (name: string): Take =>
  (reading, value) =>
    void reading.headers.push([name, value])

/** Long options that take a value, and what they do with it. */
export const WITH_VALUE: Record<string, Take> = {
  request: (reading, value) => void (reading.method = value.toUpperCase()),
  url: (reading, value) => void (reading.url = value),
  header: readHeader,
  data: (reading, value) => void reading.data.push(notAFile(value).replaceAll(/[\r\n]/g, '')),
  'data-ascii': (reading, value) => void reading.data.push(notAFile(value).replaceAll(/[\r\n]/g, '')),
  'data-raw': (reading, value) => void reading.data.push(value),
  'data-binary': (reading, value) => void reading.data.push(notAFile(value)),
  'data-urlencode': (reading, value) => void reading.data.push(encoded(value)),
  json: (reading, value) => {
    reading.json = true
    reading.data.push(notAFile(value))
  },
  user: (reading, value) => {
    const bytes = new TextEncoder().encode(value)
    reading.headers.push(['Authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`])
  },
  'oauth2-bearer': (reading, value) => void reading.headers.push(['Authorization', `Bearer ${value}`]),
  'user-agent': header('User-Agent'),
  referer: header('Referer'),
  cookie: header('Cookie'),
  output: () => {},
  'write-out': () => {},
  'max-time': () => {},
  'connect-timeout': () => {},
  'max-redirs': () => {},
  retry: () => {},
  proxy: () => {},
  'cookie-jar': () => {},
  'dump-header': () => {},
}

/** Long options that change nothing here. */
export const ALONE = new Set(
  `silent show-error location insecure include verbose compressed globoff fail fail-with-body no-progress-meter progress-bar no-buffer
   http1.1 http2 ipv4 ipv6 remote-name tlsv1.2 path-as-is`.split(/\s+/),
)

/** Short options by their letter. */
export const SHORT: Record<string, string> = {
  X: 'request',
  H: 'header',
  d: 'data',
  u: 'user',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  o: 'output',
  w: 'write-out',
  m: 'max-time',
  x: 'proxy',
  c: 'cookie-jar',
  D: 'dump-header',
  I: 'head',
  G: 'get',
  s: 'silent',
  S: 'show-error',
  L: 'location',
  k: 'insecure',
  i: 'include',
  v: 'verbose',
  g: 'globoff',
  f: 'fail',
  '#': 'progress-bar',
  N: 'no-buffer',
  O: 'remote-name',
  4: 'ipv4',
  6: 'ipv6',
  F: 'form',
  T: 'upload-file',
}

function readHeader({ headers, without }: Reading, text: string): void {
  const at = text.indexOf(':')
  const name = at > 0 ? text.slice(0, at).trim() : text.endsWith(';') ? text.slice(0, -1).trim() : ''
  if (name === '') throw new SyntaxError(`“${text}” is not a header: it has no colon.`)
  const value = at > 0 ? text.slice(at + 1).trim() : ''
  if (at > 0 && value === '') without.add(name.toLowerCase())
  else headers.push([name, value])
}

function notAFile(value: string): string {
  if (value.startsWith('@'))
    throw new SyntaxError(`${value} is a file, which a page can't read. Paste its contents instead.`)
  return value
}

function encoded(value: string): string {
  const at = value.indexOf('=')
  if (at < 0) return encodeURIComponent(value)
  return `${at > 0 ? `${value.slice(0, at)}=` : ''}${encodeURIComponent(value.slice(at + 1))}`
}
