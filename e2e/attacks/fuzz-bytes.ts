import { deflateSync } from 'node:zlib'
import fc from 'fast-check'

const JSON_HEAD = ['Content-Type: application/json']
const FORM_HEAD = ['Content-Type: application/x-www-form-urlencoded']
const MULTIPART = ['Content-Type: multipart/form-data; boundary=X']

/** Where bodies are read: the twin's JSON, the twin's form, and the API of the app. */
const target = fc.constantFrom(
  { line: 'POST /users/', head: JSON_HEAD },
  { line: 'PATCH /users/1', head: JSON_HEAD },
  { line: 'POST /login', head: FORM_HEAD },
  { line: 'POST /login', head: MULTIPART },
  { line: 'POST /api/burst', head: JSON_HEAD },
  { line: 'POST /api/burst', head: MULTIPART },
  { line: 'POST /api/burst', head: FORM_HEAD },
  { line: 'POST /api/sandbox/reset', head: JSON_HEAD },
)

const lengths = fc.constantFrom(
  '-1',
  '0',
  '3',
  '1e3',
  '0x10',
  '999999',
  '99999999999999999999',
  'ten',
  '',
  '5, 5',
  '5, 6',
  '+5',
)

const chunks = fc.oneof(
  fc.constantFrom(
    '5\r\nhello\r\n0\r\n\r\n',
    '5\r\nhel',
    '5\nhello\n0\n\n',
    'zz\r\nhello\r\n0\r\n\r\n',
    '-5\r\nhello\r\n',
    '0\r\n',
  ),
  fc.constantFrom(
    'FFFFFFFFFFFFFFFF\r\nx',
    '5;ext="\r\nhello\r\n0\r\n\r\n',
    '5\r\nhelloXX0\r\n\r\n',
    '0\r\nTrailer: x\r\n\r\n',
  ),
  fc.constant(`11170\r\n${'x'.repeat(70_000)}\r\n0\r\n\r\n`),
  fc
    .tuple(fc.nat({ max: 40 }), fc.string({ unit: 'binary-ascii', maxLength: 40 }))
    .map(([size, text]) => `${size.toString(16)}\r\n${text}\r\n0\r\n\r\n`),
)

const multiparts = fc
  .array(
    fc.constantFrom(
      '--X',
      '--X--',
      '--',
      '\r\n',
      '\n',
      'Content-Disposition: form-data; name="username"',
      'Content-Disposition: form-data; name="a"; filename="b"',
      'Content-Disposition: form-data; name="\\',
      'content-disposition',
      ': ',
      'Content-Transfer-Encoding: base64',
      '\0',
      'ä',
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(''))

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    Buffer.from('{"name":"\xff\xfe"}', 'latin1'),
    Buffer.from([0x22, 0xc3]),
    Buffer.from('\ufeff{}'),
    Buffer.from('\0\0\0{'),
  ),
  fc.json().map((json) => deflateSync(json)),
  fc.tuple(fc.json(), fc.nat({ max: 20 })).map(([json, cut]) => deflateSync(json).subarray(0, cut)),
  multiparts.map((text) => Buffer.from(text)),
)

/** Complete requests with at most one wrong header and an arbitrary body. */
const brokenBody = fc
  .tuple(target, bodies, fc.constantFrom(...['', 'deflate', 'gzip', 'br', 'identity']), fc.option(lengths))
  .map(([{ line, head }, body, encoding, length]) => {
    const more = encoding === '' ? [] : [`Content-Encoding: ${encoding}`]
    return request(line, [...head, ...more, `Content-Length: ${length ?? body.length}`], body)
  })

const brokenChunks = fc
  .tuple(
    target,
    chunks,
    fc.constantFrom('chunked', 'Chunked', 'gzip, chunked', 'chunked, chunked', 'identity', 'x'),
  )
  .map(([{ line, head }, body, coding]) =>
    request(line, [...head, `Transfer-Encoding: ${coding}`], Buffer.from(body)),
  )

const both = fc
  .tuple(target, chunks, lengths)
  .map(([{ line, head }, body, length]) =>
    request(line, [...head, 'Transfer-Encoding: chunked', `Content-Length: ${length}`], Buffer.from(body)),
  )

const oddHead = fc
  .tuple(
    fc.constantFrom(
      'GET / HTTP/1.1',
      'GET  / HTTP/1.1',
      'GET / HTTP/9.9',
      'GET /',
      '',
      'get / HTTP/1.1',
      'GET http://x/ HTTP/1.1',
      'CONNECT x:1 HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'PRI * HTTP/2.0',
      'GET /\xff HTTP/1.1',
      'GET /users/\0 HTTP/1.1',
      'GET // HTTP/1.1',
      'GET ? HTTP/1.1',
    ),
    fc.array(
      fc.constantFrom(
        'Host: a',
        'Host: a\r\nHost: b',
        'Host:',
        'Host: [',
        'Host: a:99999',
        ' folded',
        ': x',
        'X',
        'X: \x01',
        'Expect: 100-continue',
        'Expect: x',
        'Upgrade: websocket\r\nConnection: Upgrade',
        'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings',
        'Connection: close, close',
        `X: ${'x'.repeat(17_000)}`,
        'X: \xff',
        'Cookie: viva_sandbox',
        'Cookie: =;;=',
        'traceparent: \xe4',
      ),
      { maxLength: 5 },
    ),
  )
  .map(([line, head]) => Buffer.from([line, ...head, '', ''].join('\r\n'), 'latin1'))

/** A valid request with some bytes changed, removed or doubled. */
const damaged = fc
  .tuple(
    target,
    fc.array(fc.tuple(fc.constantFrom('set', 'cut', 'double'), fc.nat(), fc.nat({ max: 255 })), {
      minLength: 1,
      maxLength: 6,
    }),
  )
  .map(([{ line, head }, changes]) => {
    const body = Buffer.from('{"path":"/items","n":1}')
    let bytes = [...request(line, [...head, `Content-Length: ${body.length}`], body)]
    for (const [how, place, byte] of changes) {
      const at = place % (bytes.length || 1)
      if (how === 'set') bytes[at] = byte
      else if (how === 'cut') bytes = bytes.slice(0, at)
      else bytes = [...bytes.slice(0, at), ...bytes.slice(at, at + 20), ...bytes.slice(at)]
    }
    return Buffer.from(bytes)
  })

const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes))

export const anyBytes = fc.oneof(
  { weight: 3, arbitrary: brokenBody },
  { weight: 2, arbitrary: brokenChunks },
  both,
  { weight: 2, arbitrary: oddHead },
  { weight: 3, arbitrary: damaged },
  noise,
)

function request(line: string, head: string[], body: Uint8Array): Buffer {
  const text = [`${line} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...head, '', ''].join('\r\n')
  return Buffer.concat([Buffer.from(text, 'latin1'), body])
}
