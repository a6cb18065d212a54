import type { DeliberateDifference } from './deliberate-difference.ts'

const END = 'Host: viva\r\nConnection: close\r\n\r\n'
const JSON_BODY = 'Content-Type: application/json\r\n'

const get = (line: string, headers = '') => `${line}\r\n${headers}${END}`
const post = (headers: string, body: string) => `POST /users/ HTTP/1.1\r\n${headers}${JSON_BODY}${END}${body}`

const PARSER = 'Node reads HTTP itself, before any code of this project runs. uvicorn reads it with h11.'
const LIMITS = 'One caller must not fill the memory of a server that others use.'
const OWN = 'One server serves the lessons, the rooms and the twin; only the twin is compared.'

/** Differences that come from the other HTTP server, and from the app around the twin. */
export const SERVER_DIFFERENCES: readonly DeliberateDifference[] = [
  {
    request:
      'A head that isn’t HTTP: no Host, garbage, a bad Content-Length, a bad header name, letters beyond ASCII in the target',
    original: '400, text/plain, "Invalid HTTP request received."',
    twin: '400, {"detail":"Bad Request"}',
    because: `${PARSER} Every refusal here is JSON.`,
    example: { send: 'hello\r\n\r\n', original: 400, twin: 400 },
  },
  {
    request: 'An empty line before the request, two spaces in its first line, no version',
    original: '400',
    twin: 'answered',
    because: PARSER,
    example: { send: get('GET  /items HTTP/1.1'), original: 400, twin: 200 },
  },
  {
    request: 'Two equal Content-Length headers, a list of them, Content-Length beside chunked',
    original: 'read',
    twin: '400',
    because: `${PARSER} Such requests are used to smuggle another one past a proxy.`,
    example: { send: post('Content-Length: 2\r\nContent-Length: 2\r\n', '{}'), original: 422, twin: 400 },
  },
  {
    request:
      'Lines that end in a line feed alone, folded headers, control characters in a header, HTTP/1.2 or 9.9',
    original: 'read',
    twin: '400',
    because: PARSER,
    example: { send: get('GET /items HTTP/1.1').replaceAll('\r', ''), original: 200, twin: 400 },
  },
  {
    request: 'A target without a slash in front: items, ?x, http:/items',
    original: '404',
    twin: '400',
    because: PARSER,
    example: { send: get('GET items HTTP/1.1'), original: 404, twin: 400 },
  },
  {
    request: 'A head or a body that ends early, carriage returns alone, HTTP/2 from the start',
    original: 'the connection is closed, or 404',
    twin: '400, or the connection is closed',
    because: PARSER,
  },
  {
    request: 'A head or a target of more than 16 kB',
    original: 'read',
    twin: '431',
    because: LIMITS,
    example: { send: get('GET /items HTTP/1.1', `X: ${'x'.repeat(20_000)}\r\n`), original: 200, twin: 431 },
  },
  {
    request: 'A body of more than 64 kB, also where none is read',
    original: 'read',
    twin: '413',
    because: LIMITS,
    example: { send: post('Content-Length: 70000\r\n', ' '.repeat(70_000)), original: 422, twin: 413 },
  },
  {
    request: 'Content-Encoding',
    original: 'ignored, so the compressed bytes are read as they are',
    twin: '415',
    because: 'A compressed body can be a thousand times as large as it looks.',
    example: {
      send: post('Content-Encoding: gzip\r\nContent-Length: 2\r\n', '{}'),
      original: 422,
      twin: 415,
    },
  },
  {
    request: 'Expect: anything but 100-continue',
    original: 'ignored',
    twin: '417, as RFC 9110 says',
    because: PARSER,
    example: { send: post('Expect: x\r\nContent-Length: 2\r\n', '{}'), original: 422, twin: 417 },
  },
  {
    request: 'Expect: 100-continue where no body is read',
    original: 'the answer alone',
    twin: '100, then the answer',
    because: PARSER,
    example: {
      send: `POST /nowhere HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n${END}`,
      original: 404,
      twin: 100,
    },
  },
  {
    request: 'A method that Node doesn’t know, such as FOO or get in small letters',
    original: '405 or what else the path says, and the connection stays open',
    twin: 'the same answer, and the connection is closed',
    because: PARSER,
  },
  {
    request: 'CONNECT to a host',
    original: '404',
    twin: '405',
    because: PARSER,
    example: { send: get('CONNECT viva:80 HTTP/1.1'), original: 404, twin: 405 },
  },
  {
    request: 'HTTP/1.0 with keep-alive',
    original: 'the connection is closed',
    twin: 'the connection stays open',
    because: PARSER,
  },
  {
    request: 'X-Forwarded-Proto, X-Forwarded-For',
    original: 'believed when they come from this machine: a redirect then goes to https',
    twin: 'believed from as many proxies as TRUST_PROXY says, and none by default',
    because:
      'Anyone can write these headers, and a server that many use can’t tell its proxy by the address alone.',
  },
  {
    request: '/, /healthz, /readyz, /metrics, /api/…, the pages and their files',
    original: '404',
    twin: 'Viva’s own answers',
    because: OWN,
    example: { send: get('GET /healthz HTTP/1.1'), original: 404, twin: 200 },
  },
  {
    request: 'GET or HEAD /docs and /redoc',
    original: 'pages of FastAPI that load their scripts from another host',
    twin: 'pages of Viva that load them from this server, with more security headers',
    because: 'Nothing here comes from another host.',
  },
  {
    request: 'X-Sandbox, a cookie of Viva, traceparent',
    original: 'ignored',
    twin: 'choose the sandbox, 400 for one that can’t be; answers have X-Request-Id, Server-Timing and other headers more',
    because: OWN,
    example: { send: get('GET /items HTTP/1.1', 'X-Sandbox: none\r\n'), original: 200, twin: 400 },
  },
  {
    request: 'More requests a second than RATE_LIMIT, more users than a sandbox holds, a disk that is full',
    original: 'answered, or 500',
    twin: '429, 507 and 503 with the reason',
    because: LIMITS,
  },
]
