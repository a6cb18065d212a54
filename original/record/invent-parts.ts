import type { Chance } from './chance.ts'

const BOUNDARIES = [
  'x',
  'x',
  'x',
  '',
  'x-y',
  '--',
  'é',
  'b'.repeat(256),
  'b'.repeat(257),
  'x\\y',
  'form-data',
]
const CHARSETS = [
  'utf-8',
  'UTF8',
  'latin-1',
  'utf-16-le',
  'utf_16',
  'utf-16be',
  'utf-32',
  'utf-8-sig',
  '',
  'nope',
]
const OPTIONS = [
  ...[
    'name="username"',
    'name=username',
    'name = "username"',
    'NAME="username"',
    'name="user\\name"',
    'name',
    'name=',
  ],
  ...[
    'name="a;b"',
    'name="a\\"b"',
    'name="a\\\\"',
    'name=""',
    'name="é"',
    "name*=UTF-8''x",
    'name="',
    'na me=x',
    '=x',
  ],
  ...[
    'filename="y.txt"',
    'filename',
    'filename=',
    'filename=""',
    'filename="C:\\x\\y.txt"',
    'filename="\\\\h\\y"',
  ],
  ...[
    "filename*=UTF-8''y",
    'x="a;name=b"',
    'x="',
    'x=\\"',
    '"',
    ' ',
    '',
    'name="other"',
    'name="username"; name="p"',
  ],
]
const HEADERS = [
  ...[
    'Content-Type: text/plain',
    'X: y',
    'X:',
    'X:   ',
    'X :y',
    ': y',
    'no colon',
    'X: y\nZ: w',
    'X\r: y',
    'é: y',
    'X: é',
  ],
  ...[
    'X: y\r',
    'Content-Disposition: form-data; name="second"',
    'content-disposition:x',
    '\tX: y',
    ' X: y',
    'X: \ty',
  ],
  ...[`X: ${'y'.repeat(4221)}`, `X: ${'y'.repeat(4222)}`, `${'X'.repeat(4223)}:`, `${'X'.repeat(4224)}:`],
]
const DATA = [
  'ada@example.com',
  '',
  'é',
  'a\r\nb',
  'a\r\n--',
  'a\r\n--xy\r\n',
  '--x',
  '\r\n',
  'a\r',
  'a\0',
  '\xff',
  '\ufeff',
  'a\r\n--x-',
]
const ENDINGS = [
  '--\r\n',
  '--',
  '--',
  '-',
  '',
  '\r\n',
  '\r',
  '--epilogue',
  ' \r\n',
  ' \t\r\n',
  ' --',
  ' ',
  '\n',
  '-x',
  '\rx',
  ' \rx',
]
const PREAMBLES = [
  '\r\n',
  '\n',
  '\r',
  'x',
  '\r\npreamble\r\n',
  '\r\npre-amble\r\n',
  ' ',
  '\r\n\r\n',
  '-',
  '\r\n',
]

/** A multipart body and its content type, usually with something odd; one character is one byte. */
export function inventParts(chance: Chance): [contentType: string, body: string] {
  const boundary = chance.oneIn(4) ? chance.pick(BOUNDARIES) : 'x'
  const type = `multipart/form-data; ${typeOptions(chance, boundary)}`
  const parts = Array.from(
    { length: 1 + chance.int(3) },
    () => `--${boundary}${lineEnd(chance)}${part(chance)}\r\n`,
  )
  const ending = chance.oneIn(2) ? '--\r\n' : chance.pick(ENDINGS)
  const preamble = chance.oneIn(8) ? chance.pick(PREAMBLES) : ''
  const body = Buffer.from(`${preamble}${parts.join('')}--${boundary}${ending}`).toString('latin1')
  return [Buffer.from(type).toString('latin1'), chance.oneIn(4) ? spoiled(chance, body) : body]
}

function typeOptions(chance: Chance, boundary: string): string {
  const sent = chance.oneIn(8)
    ? chance.pick([
        ...[
          `boundary="${boundary}"`,
          `boundary = ${boundary}`,
          `BOUNDARY=${boundary}`,
          'boundary',
          'boundary=',
          '',
        ],
        ...[
          `boundary=y; boundary=${boundary}`,
          `boundary=${boundary}; boundary=y`,
          `x="; boundary=${boundary}`,
        ],
      ])
    : `boundary=${boundary}`
  return chance.oneIn(6) ? `${sent}; charset=${chance.pick(CHARSETS)}` : sent
}

function part(chance: Chance): string {
  const options = Array.from({ length: chance.int(3) }, () => chance.pick(OPTIONS))
  const disposition = `Content-Disposition: form-data; ${['name="password"', ...options].slice(chance.int(2)).join('; ')}`
  const more = chance.oneIn(4) ? Array.from({ length: chance.int(9) }, () => chance.pick(HEADERS)) : []
  const headers = chance.oneIn(30) ? more : [disposition, ...more]
  const ends = headers.map((line) => line + lineEnd(chance)).join('')
  return `${ends}${lineEnd(chance)}${chance.pick(DATA)}`
}

function lineEnd(chance: Chance): string {
  return chance.oneIn(40) ? chance.pick(['\n', '\r', '', ' \r\n', '\r\n\r\n']) : '\r\n'
}

/** The body truncated, or with a few bytes removed, inserted or replaced. */
function spoiled(chance: Chance, body: string): string {
  if (chance.oneIn(2)) return body.slice(0, chance.int(body.length + 1))
  const index = chance.int(body.length + 1)
  return (
    body.slice(0, index) +
    chance.pick(['', '-', '\r', '\n', '\r\n', ':', '"', ';', ' ', 'x']) +
    body.slice(index + chance.int(3))
  )
}
