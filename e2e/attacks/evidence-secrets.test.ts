import fc from 'fast-check'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { reportCsv, reportJson } from '../../web/interview/report/export-data.ts'
import { reportMarkdown } from '../../web/interview/report/export-markdown.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { Report } from '#contract/interview/report.ts'
import { REQUEST_NAMES } from '../../server/interview/recorded/known-names.ts'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { sendRaw } from '../support/send-raw.ts'
import { testApp } from '../support/test-app.ts'

const CANARY = 'canary-in-a-coal-mine-7'
/** Enough of the canary to recognize it, however the rest is encoded. */
const TRACES_OF_CANARY = /coal-mine|Y2FuYXJ5|636f616c/i
const PATHS = ['/users/', '/users/1', '/login', '/items', '/nowhere', '/api/sandbox/reset', '/api/burst']
const JSON_TYPE = 'application/json'
const FORM = 'application/x-www-form-urlencoded'

interface Form {
  name: string
  type: string
  body: string | Uint8Array
  headers?: string[]
  /** Appended to the path. */
  query?: string
}

const escaped = [...CANARY].map((letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')
const percent = [...CANARY].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')
const person = (password: unknown) => JSON.stringify({ name: 'Ada', email: 'ada@example.com', password })

const multipart = (boundary: string, name: string, value = CANARY, more = ''): string =>
  `--${boundary}\r\nContent-Disposition: form-data; name="username"\r\n\r\nada@example.com\r\n` +
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n--${boundary}--\r\n`

function utf32(text: string): Uint8Array {
  return Buffer.concat([...text].map((letter) => Buffer.from([letter.charCodeAt(0), 0, 0, 0])))
}

const FORMS: Form[] = [
  { name: 'JSON', type: JSON_TYPE, body: person(CANARY) },
  { name: 'JSON with an escaped value', type: JSON_TYPE, body: `{"password":"${escaped}"}` },
  { name: 'JSON with an escaped name', type: JSON_TYPE, body: `{"p\\u0061ssword":"${CANARY}"}` },
  { name: 'UTF-16', type: JSON_TYPE, body: Buffer.from(person(CANARY), 'utf16le') },
  { name: 'UTF-16 with a mark', type: JSON_TYPE, body: Buffer.from(`\ufeff${person(CANARY)}`, 'utf16le') },
  { name: 'UTF-16, high byte first', type: JSON_TYPE, body: Buffer.from(person(CANARY), 'utf16le').swap16() },
  { name: 'UTF-32', type: JSON_TYPE, body: utf32(person(CANARY)) },
  { name: 'a list', type: JSON_TYPE, body: person([CANARY]) },
  { name: 'an object', type: JSON_TYPE, body: person({ name: CANARY }) },
  { name: 'deep within', type: JSON_TYPE, body: `{"user":[[{"bio":{"secret":{"name":"${CANARY}"}}}]]}` },
  { name: 'a name twice', type: JSON_TYPE, body: `{"password":"${CANARY}","password":"${CANARY}"}` },
  { name: 'the name itself', type: JSON_TYPE, body: `{"${CANARY}!":1}` },
  { name: 'a text', type: JSON_TYPE, body: `"${CANARY}"` },
  { name: 'broken JSON', type: JSON_TYPE, body: `{"password":"${CANARY}` },
  { name: 'no JSON', type: JSON_TYPE, body: CANARY },
  { name: 'a form as JSON', type: JSON_TYPE, body: `password=${CANARY}` },
  { name: 'JSON as a form', type: FORM, body: person(CANARY) },
  { name: 'JSON as text', type: 'text/plain', body: person(CANARY) },
  { name: 'JSON without a type', type: '', body: person(CANARY) },
  { name: 'another kind of JSON', type: 'application/x+json; charset=utf-7', body: person(CANARY) },
  { name: 'a form', type: FORM, body: `username=ada%40example.com&password=${CANARY}` },
  { name: 'a form in percent-encoding', type: FORM, body: `username=a&p%61ssword=${percent}` },
  { name: 'a form as user name and password', type: FORM, body: `username=${CANARY}&password=${CANARY}` },
  { name: 'a form without names', type: FORM, body: CANARY },
  { name: 'a form with another name', type: `${FORM}; charset=utf-16`, body: `client_secret=${CANARY}` },
  { name: 'multipart', type: 'multipart/form-data; boundary=x', body: multipart('x', 'password') },
  {
    name: 'multipart, another name',
    type: 'Multipart/Form-Data; boundary="x y"',
    body: multipart('x y', 'pin'),
  },
  {
    ...{ name: 'a file', type: 'multipart/form-data; boundary=x' },
    body: multipart('x', 'password', CANARY, `; filename="${CANARY}"`),
  },
  { name: 'broken multipart', type: 'multipart/form-data; boundary=x', body: `--y\r\n${CANARY}` },
  {
    name: 'a boundary',
    type: `multipart/form-data; boundary=${CANARY}`,
    body: multipart(CANARY, 'password', 'x'),
  },
  {
    name: 'bytes',
    type: 'application/octet-stream',
    body: Buffer.from([0xff, 0xfe, ...Buffer.from(CANARY)]),
  },
  { name: 'Latin-1', type: JSON_TYPE, body: Buffer.from(`{"pässword":"${CANARY}"}`, 'latin1') },
  { name: 'a burst', type: JSON_TYPE, body: `{"path":"/users/?password=${CANARY}","n":1}` },
  ...[
    ...['Authorization', 'Proxy-Authorization', 'X-Api-Key', 'Api-Key', 'X-Auth-Token', 'X-Csrf-Token'],
    ...[
      'Authentication',
      'X-Password',
      'Accept',
      'Range',
      'If-None-Match',
      'X-Forwarded-For',
      'Forwarded',
      'From',
    ],
  ].map((name) => ({ name, type: JSON_TYPE, body: '{}', headers: [name, `Bearer ${CANARY}`] })),
  { name: 'a bare credential', type: JSON_TYPE, body: '{}', headers: ['Authorization', CANARY] },
  {
    ...{ name: 'Basic', type: JSON_TYPE, body: '{}' },
    headers: ['Authorization', `Basic ${Buffer.from(CANARY).toString('base64')}`],
  },
  ...['password', 'token', 'p%61ssword', 'kennwort', 'a[password]', 'limit[]'].map((name) => ({
    ...{ name: `query: ${name}`, type: JSON_TYPE, body: '{}', query: `?${name}=${CANARY}&limit=5` },
  })),
  { name: 'a query without names', type: JSON_TYPE, body: '{}', query: `?${CANARY}` },
  { name: 'a query twice', type: JSON_TYPE, body: '{}', query: `?limit=5?password=${percent}` },
]

const anyName = fc
  .oneof(
    fc.constantFrom(
      'password',
      'Password',
      'pass word',
      'new_password',
      'пароль',
      'passwort',
      'client_secret',
    ),
    fc.string({ maxLength: 12 }),
  )
  .filter((name) => !REQUEST_NAMES.has(name))

/** JSON with the canary under an unknown name, anywhere in it. */
const anyJson = fc
  .tuple(anyName, fc.json({ maxDepth: 2 }), fc.constantFrom('user', 'name', 'data'), fc.nat(3))
  .map(([name, other, wrap, depth]) => {
    let json = `{"age":${other},${JSON.stringify(name)}:${depth % 2 === 0 ? `"${CANARY}"` : `["x","${CANARY}"]`}}`
    for (let level = 0; level < depth; level += 1) json = `{"${wrap}":[${json}]}`
    return json
  })

const anyForm: fc.Arbitrary<Form> = fc
  .record({
    json: anyJson,
    name: anyName,
    kind: fc.constantFrom('json', 'json', 'form', 'multipart'),
    type: fc.option(fc.constantFrom(JSON_TYPE, FORM, 'text/plain', 'multipart/form-data; boundary=x', '')),
    encoding: fc.constantFrom('utf8' as const, 'utf8' as const, 'utf16le' as const),
    cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 2 }),
  })
  .map(({ json, name, kind, type, encoding, cut }) => {
    const [text, usual] =
      kind === 'json'
        ? [json, JSON_TYPE]
        : kind === 'form'
          ? [`name=Ada&${encodeURIComponent(name)}=${CANARY}&age=3`, FORM]
          : [multipart('x', name.replaceAll(/["\r\n\\]/g, '')), 'multipart/form-data; boundary=x']
    const bytes = Buffer.from(text, encoding)
    const body = bytes.subarray(0, cut === null ? bytes.length : Math.ceil(bytes.length * cut))
    return { name: `${kind} ${text}`, type: type ?? usual, body }
  })

guarantee(
  'No secret in evidence: reports, files, streams, exports',
  async (row) => {
    const { origin, dataDir } = await testApp({ env: { RATE_LIMIT: '0' } })
    const generated = fc.sample(anyForm, { numRuns: long(300, 5_000), seed: long(7, Date.now() % 1e6) })
    const forms = [...FORMS, ...generated]
    const places: string[] = []
    let sent = 0
    let waiting = [...forms.entries()].flatMap(([index, form]) =>
      (index < FORMS.length ? PATHS : [PATHS[index % PATHS.length] ?? '/login']).map((path) => ({
        form,
        path,
      })),
    )
    while (waiting.length > 0) {
      const room = await new RoomClient(origin).open()
      const [host, seat] = [await room.hostStream(), await room.seatStream()]
      const first = await seat.until(({ kind }) => kind === 'view')
      const sandbox = first.kind === 'view' ? first.view.sandbox : ''
      await room.host({ type: 'go-to', question: 'q1' })
      for (const { form, path } of waiting.slice(0, LIMITS.requests)) {
        const { type, body, query = '', headers = [] } = form
        const method = ['POST', 'PUT', 'PATCH'][sent % 3] ?? 'POST'
        const isPost = path === '/login' || path.startsWith('/api/')
        const { status } = await sendRaw(origin, {
          ...{ method: isPost ? 'POST' : method, path: path + query, body },
          headers: ['X-Sandbox', sandbox, ...(type === '' ? [] : ['Content-Type', type]), ...headers],
        })
        expect([form.name, status < 500]).toEqual([form.name, true])
        sent += 1
      }
      waiting = waiting.slice(LIMITS.requests)
      await room.host({ type: 'end' })
      await host.until((message) => message.kind === 'view' && message.view.phase === 'ended')
      const sharing = {
        parts: { answers: true, requests: true, times: true, modelAnswers: false, study: [] },
        card: { scores: false, keyPoints: false, notes: false, strengths: false },
      }
      await room.host({ type: 'share', ...sharing })
      const path = `/api/interviews/${room.id}/rooms/${room.room}`
      const texts = await Promise.all(
        ['report', 'replay', 'candidate-report'].map(
          async (part) =>
            (await room.call(`${path}/${part}`, room.key, part === 'candidate-report' ? sharing : undefined))
              .text,
        ),
      )
      const report = Report.parse(JSON.parse(texts[0] ?? ''))
      places.push(
        ...texts,
        host.raw(),
        seat.raw(),
        reportCsv(report),
        reportJson(report),
        reportMarkdown(report),
      )
      host.close()
      seat.close()
    }
    for (const folder of await readdir(join(dataDir, 'events'))) {
      for (const file of await readdir(join(dataDir, 'events', folder))) {
        places.push(await readFile(join(dataDir, 'events', folder, file), 'utf8'))
      }
    }
    const hits = places.flatMap((text) => [text, readable(text)].filter((one) => TRACES_OF_CANARY.test(one)))
    expect(hits.map((text) => around(text))).toEqual([])
    // What isn't secret is recorded, so the evidence is useful.
    expect(places.join('')).toContain('ada@example.com')
    row.tried = `${sent} requests: ${FORMS.length} forms on ${PATHS.length} paths, and ${generated.length} generated ones`
    row.figure = '0 hits in reports, replays, streams, exports and files'
  },
  long(60_000, 600_000),
)

/** The text decoded, since an encoding would hide the canary from the search. */
function readable(text: string): string {
  return text
    .replaceAll('\\u0000', '')
    .replaceAll(/(?:\\+u00|%)([0-9a-f]{2})/gi, (_all, code: string) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    )
}

function around(text: string): string {
  const index = text.search(TRACES_OF_CANARY)
  return text.slice(Math.max(0, index - 200), index + 40)
}
