import { describe, expect, test } from 'vitest'
import { toJson } from '../json/to-json.ts'
import { readBody } from './read-body.ts'

const FORM = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data; boundary=X'

/** An upload with some of its attributes; the recorded answers have them all. */
const file = (filename: string, size: number, disposition: string) =>
  expect.toSatisfy(
    (value: Map<string, unknown>) =>
      value.get('filename') === filename &&
      value.get('size') === size &&
      (value.get('headers') as Map<string, string>).get('content-disposition') === disposition,
  ) as unknown

describe('JSON', () => {
  const read = (contentType: string | undefined, text: string) =>
    readBody('json', contentType, Buffer.from(text))

  test.each([
    'application/json',
    'APPLICATION/JSON',
    'application/json; charset=latin-1',
    'application/json;',
    'application/problem+json',
    'application/ld+json ; x=y',
  ])('is read from %s', (contentType) => {
    expect(read(contentType, '{}')).toEqual({ ok: true, as: 'json', value: new Map() })
  })

  test.each([
    undefined,
    '',
    'text/plain',
    'text/json',
    'json',
    'application/jsonp',
    'application/',
    'application/json/x',
    'application /json',
    'application/json,text/plain',
    'x-application/json',
    FORM,
  ])('is not read from %s', (contentType) => {
    expect(read(contentType, '{}')).toEqual({ ok: true, as: 'bytes', value: Buffer.from('{}') })
  })

  test('that is empty counts as none, whatever its type', () => {
    expect(read('application/json', '')).toEqual({ ok: true, as: 'nothing', value: undefined })
  })

  test('that is invalid gets an error with its position', () => {
    const body = read('application/json', '{"ä😀": 1,}')
    expect(body.ok ? '' : toJson(body)).toBe(
      '{"ok":false,"status":422,"errors":[{"type":"json_invalid","loc":["body",9],"msg":"JSON decode error",' +
        '"input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]}',
    )
  })

  test("that isn't text is a 400", () => {
    const detail = 'There was an error parsing the body'
    expect(readBody('json', 'application/json', Buffer.from([0xff]))).toEqual({
      ok: false,
      status: 400,
      detail,
    })
  })
})

describe('a form', () => {
  const read = (contentType: string | undefined, text: string) => {
    const body = readBody('form', contentType, Buffer.from(text.replaceAll('\n', '\r\n')))
    return body.ok ? Object.fromEntries(body.as === 'form' ? body.value : []) : body
  }
  const part = (name: string, value: string) =>
    `--X\nContent-Disposition: form-data; name="${name}"\n\n${value}\n`

  test.each([
    ['username=a&password=+%20%c3%a9%', { username: 'a', password: '  é%' }],
    // Bytes that are not percent-encoded are Latin-1 to Starlette, beside a stray percent sign too.
    ['username=é&password=é%', { username: 'Ã©', password: 'Ã©%' }],
    ['username=a&username=b&&', { username: 'b' }],
    ['username=&password', {}],
    ['username=a;password=b', { username: 'a;password=b' }],
    ['?username=a', { '?username': 'a' }],
    ['username=%ed%a0%80', { username: '\ufffd\ufffd\ufffd' }],
    [`${'a&'.repeat(999)}username=b`, { username: 'b' }],
  ])('%s', (text, fields) => {
    expect(read(FORM, text)).toEqual(fields)
    expect(read(`${FORM.toUpperCase()} ; charset=utf-8`, text)).toEqual(fields)
  })

  test.each([undefined, 'text/plain', 'application/json'])(
    'is empty with the content type %s',
    (contentType) => {
      expect(read(contentType, 'username=a')).toEqual({})
    },
  )

  test('may be multipart', () => {
    const text = `${part('username', 'ädä')}${part('empty', '')}${part('password', 'a\nb')}--X--\n`
    expect(read(MULTIPART, text)).toEqual({ username: 'ädä', password: 'a\r\nb' })
    expect(read('Multipart/Form-Data; boundary="X"', text)).toEqual({ username: 'ädä', password: 'a\r\nb' })
  })

  test.each([
    ['may begin with empty lines', `\n\n${part('a', 'b')}--X--`, { a: 'b' }],
    ['takes headers in any case', '--X\ncontent-DISPOSITION:form-data; NAME=a\n\nb\n--X--', { a: 'b' }],
    [
      'ignores white space around a header',
      '--X\nX:\t y\nContent-Disposition: \tform-data; name= a ;\n\nb\n--X--',
      { a: 'b' },
    ],
    ['takes a quote in a name', part('a\\"b', 'c') + '--X--', { 'a"b': 'c' }],
    ['keeps a part that starts with an empty line', part('a', '\nb') + '--X--', { a: '\r\nb' }],
    [
      'ignores a file input without a file',
      `--X\nContent-Disposition: form-data; name=f; filename=""\n\n\n--X--`,
      {},
    ],
    [
      'keeps a file without a name',
      `--X\nContent-Disposition: form-data; name=f; filename=""\n\nada\n--X--`,
      {
        f: file('', 3, 'form-data; name=f; filename=""'),
      },
    ],
    [
      'keeps an empty file',
      `--X\nContent-Disposition: form-data; name=f; filename=a\n\n\n--X--`,
      {
        f: file('a', 0, 'form-data; name=f; filename=a'),
      },
    ],
  ])('as multipart %s', (_what, text, fields) => {
    expect(read('multipart/form-data; charset=utf-8; Boundary=X ', text)).toEqual(fields)
  })

  test("that isn't UTF-8 is read as Latin-1", () => {
    const bytes = Buffer.from('--X\r\nContent-Disposition: form-data; name=a\r\n\r\n\xe9\r\n--X--', 'latin1')
    expect(readBody('form', MULTIPART, bytes)).toMatchObject({ value: new Map([['a', 'é']]) })
  })

  test('ignores a truncated part', () => {
    expect(
      read(MULTIPART, `${part('username', 'a')}--X\nContent-Disposition: form-data; name="b"\n\nc`),
    ).toEqual({
      username: 'a',
    })
    expect(read(MULTIPART, '')).toEqual({})
  })

  test('shows an uploaded file as an object, which no field takes', () => {
    const disposition = 'form-data; name="username"; filename="a.txt"'
    const sent = `--X\nContent-Disposition: ${disposition}\n\nada\n--X--\n`
    expect(read(MULTIPART, sent)).toEqual({ username: file('a.txt', 3, disposition) })
  })

  test.each([
    ['multipart/form-data', '--X--\n', 'Missing boundary in multipart.'],
    [MULTIPART, 'username=a', 'Invalid multipart data.'],
    [MULTIPART, '--Xa\n', 'Invalid multipart data.'],
    [MULTIPART, 'abc\nContent-Disposition: form-data; name=a\n\nb\n--X--', 'Invalid multipart data.'],
    [MULTIPART, '--X\n Content-Disposition: form-data; name=a\n\nb\n--X--', 'Invalid multipart data.'],
    [
      MULTIPART,
      '--X\nX: a\rb\nContent-Disposition: form-data; name=a\n\nb\n--X--',
      'Invalid multipart data.',
    ],
    [MULTIPART, '--X\n: a\n\nb\n--X--', 'Invalid multipart data.'],
    [MULTIPART, '--X\n\na\n--X--', 'The Content-Disposition header field "name" must be provided.'],
    [MULTIPART, '--X\nno header\n\na\n--X--\n', 'Invalid multipart data.'],
    [
      MULTIPART,
      '--X\nContent-Disposition: form-data\n\na\n--X--\n',
      'The Content-Disposition header field "name" must be provided.',
    ],
    [FORM, 'a&'.repeat(1001), 'Too many fields. Maximum number of fields is 1000.'],
  ])('as %s that reads %j is a 400', (contentType, text, detail) => {
    expect(read(contentType, text)).toEqual({ ok: false, status: 400, detail })
  })
})
