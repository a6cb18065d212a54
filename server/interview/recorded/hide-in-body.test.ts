import { expect, test } from 'vitest'
import { hideInBody } from './hide-in-body.ts'
import { responseHeaders, requestHeaders } from './hide-in-headers.ts'
import { hideInJson } from './hide-in-json.ts'
import { hideInPath } from './hide-in-path.ts'
import { RESPONSE_NAMES, REQUEST_NAMES } from './known-names.ts'
import { Secrets } from './secrets.ts'

const JSON_TYPE = 'application/json'
const FORM = 'application/x-www-form-urlencoded'
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'

/** As `describeRequest` does it: a secret found later hides what stood before it. */
function recorded(body: string | Uint8Array, type: string): string | null {
  const secrets = new Secrets()
  hideInBody(Buffer.from(body), type, secrets)
  return hideInBody(Buffer.from(body), type, secrets)
}

test.each([
  ['spaces and numbers stay as written', '{ "age": 1.0,\n"name":"Ada" }', '{ "age": 1.0,\n"name":"Ada" }'],
  ['a password', '{"name":"Ada","password":"hunter-22"}', '{"name":"Ada","password":"•••"}'],
  ['an escaped name', '{"p\\u0061ssword":"hunter-22"}', '{"p\\u0061ssword":"•••"}'],
  ['an unknown name', '{"passwort":"hunter-22"}', '{"passwort":"•••"}'],
  [
    'values that are not text',
    '{"password":[1234567,{"name":"x"},true,null]}',
    '{"password":["•••",{"name":"•••"},true,null]}',
  ],
  ['a name twice', '{"password":"one-one","password":"two-two"}', '{"password":"•••","password":"•••"}'],
  ['a list', '[{"name":"Ada"},"hunter-22"]', '[{"name":"Ada"},"•••"]'],
  ['a text alone', '"hunter-22"', '"•••"'],
  ['a secret elsewhere', '{"name":"is hunter-22","password":"hunter-22"}', '{"name":"•••","password":"•••"}'],
  ['a token in a known field', `{"bio":"${TOKEN}"}`, '{"bio":"•••"}'],
  ['broken JSON', '{"name":"Ada","password": "hunter-22', '{"name":"Ada","password":•••'],
  ['JSON with something behind it', '{"name":"Ada"} hunter-22', '{"name":"Ada"}•••'],
  ['single quotes', "{'password':'hunter-22'}", '{•••'],
  ['a password instead of a name', '{"hunter 22!":1}', '{"•••":"•••"}'],
  ['no JSON at all', 'hunter-22', '•••'],
])('JSON: %s', (_name, body, expected) => {
  expect(recorded(body, JSON_TYPE)).toBe(expected)
})

test.each(['utf-8', 'utf16le'] as const)('JSON in %s is read as the project reads it', (encoding) => {
  const body = Buffer.from('{"name":"Ada","password":"hunter-22"}', encoding)
  expect(recorded(body, JSON_TYPE)).toBe('{"name":"Ada","password":"•••"}')
})

test.each([
  ['username=ada%40example.com&password=hunter-22', 'username=ada%40example.com&password=•••'],
  ['p%61ssword=hunter-22&scope=', 'password=•••&scope='],
  ['password=a&password=hunter-22', 'password=•••&password=•••'],
  ['hunter-22', '•••'],
  ['username=hunter%2D22&password=hunter-22', 'username=•••&password=•••'],
])('a form: %s', (body, expected) => {
  expect(recorded(body, FORM)).toBe(expected)
})

test('multipart is recorded by its parts', () => {
  const part = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const body = `${part('username', 'ada@example.com')}${part('password', 'hunter-22')}--b--\r\n`
  expect(recorded(body, 'multipart/form-data; boundary=b')).toBe('username=ada@example.com\npassword=•••')
  expect(recorded('hunter-22', 'multipart/form-data; boundary=b')).toBe(
    '(9 bytes of multipart that can’t be read)',
  )
})

test("a body that the project wouldn't read is read by what it looks like", () => {
  expect(recorded('{"name":"Ada","pin":123456}', 'text/plain')).toBe('{"name":"Ada","pin":"•••"}')
  expect(recorded('name=Ada&pin=123456', '')).toBe('name=Ada&pin=•••')
  expect(recorded('the pin is 123456', 'text/plain')).toBe('•••')
  expect(recorded(Uint8Array.of(1, 0xff, 0xfe, 0x80), 'image/png')).toBe(
    '(4 bytes that can’t be read as text)',
  )
})

test.each([
  ['/users/?skip=0&limit=5', '/users/?skip=0&limit=5'],
  ['/users/abc', '/users/abc'],
  ['/users/-1.5', '/users/-1.5'],
  ['/lab/wait/async?ms=200', '/lab/wait/async?ms=200'],
  ['/login?password=hunter-22', '/login?password=•••'],
  ['/users/hunter-22', '/users/•••'],
  [`/items?q=${TOKEN}`, '/items?q=•••'],
  ['/items?hunter-22', '/items?•••'],
  ['/users/?limit=5?password=hunter-22', '/users/?limit=•••'],
])('a path: %s', (path, expected) => {
  expect(hideInPath(path, { names: REQUEST_NAMES, secrets: new Secrets() })).toBe(expected)
})

test('headers are recorded by name, with values only for those that say how to read a body', () => {
  const sent = {
    ...{
      authorization: `Bearer ${TOKEN}`,
      'x-api-key': 'hunter-22',
      accept: 'application/json, text/*;q=0.5',
    },
    ...{ 'content-type': 'multipart/form-data; boundary=hunter-22', cookie: 'a=hunter-22', host: 'here' },
  }
  expect(Object.fromEntries(requestHeaders(sent, new Secrets()))).toEqual({
    ...{ authorization: 'Bearer •••', 'x-api-key': '•••', accept: 'application/json, text/*;q=0.5' },
    'content-type': 'multipart/form-data',
  })
  const answered = {
    'content-type': 'application/json',
    location: '/users/?q=hunter-22',
    'x-more': 'hunter-22',
  }
  expect(responseHeaders(answered, new Secrets())).toEqual([
    ['content-type', 'application/json'],
    ['location', '/users/?q=•••'],
  ])
})

test('an error says what was wrong, and repeats the input only for known fields', () => {
  const told = (text: string) =>
    hideInJson(text, { names: RESPONSE_NAMES, plain: true, secrets: new Secrets() })
  const error = (loc: string, input: string) =>
    `{"detail":[{"type":"string_type","loc":["body","${loc}"],"msg":"Input should be a string","input":${input}}]}`
  expect(told(error('age', '"old"'))).toBe(error('age', '"old"'))
  expect(told(error('password', '"hunter-22"'))).toBe(error('password', '"•••"'))
  expect(told(error('password', '1234567'))).toBe(error('password', '"•••"'))
  expect(told(error('age', '{"password":"hunter-22","name":"Ada"}'))).toBe(
    error('age', '{"password":"•••","name":"Ada"}'),
  )
  expect(told('{"access_token":"abc","token_type":"bearer"}')).toBe(
    '{"access_token":"•••","token_type":"bearer"}',
  )
  expect(told('["item1","item2"]')).toBe('["item1","item2"]')
  expect(told('[{"id":1,"name":"Ada"}]')).toBe('[{"id":1,"name":"Ada"}]')
})
