import { createHmac } from 'node:crypto'
import { RECORDING_SECRET } from '../replay/recording.ts'
import type { Chance } from './chance.ts'
import { mutated } from './invent-body.ts'
import { INTEGERS, NUMBERS, VALUES } from './oddities.ts'

const FAR = '4102444800'
const GOOD: Record<string, string> = { sub: '"1"', iat: '1', exp: FAR, iss: '"viva"', aud: '"default"' }

const TIMES = [
  ...[`"${FAR}"`, `" ${FAR} "`, '"4_102_444_800"', '"4102__444800"', '"_1"', '"1_"', '"+1"', '"-1"', '"--1"'],
  ...[
    '"٤١٠٢٤٤٤٨٠٠"',
    '"𝟒𝟏𝟎𝟐𝟒𝟒𝟒𝟖𝟎𝟎"',
    '"1.5"',
    '"1e9"',
    '"0x10"',
    '""',
    '" "',
    '"\\u00851\\u001f"',
    '"1\\u0000"',
  ],
  ...[
    '4102444800.9',
    '4.1024448e9',
    '1e400',
    '-1e400',
    'NaN',
    'Infinity',
    '-Infinity',
    '1e308',
    '0',
    '-0',
    '-0.0',
  ],
  ...['true', 'false', 'null', '[]', '{}', `[${FAR}]`, `"${'9'.repeat(4300)}"`, `"${'9'.repeat(4301)}"`],
]
const SUBJECTS = [
  '"1"',
  '"2"',
  '"01"',
  '1',
  '"1\\n"',
  '" 1"',
  '"\\u0031"',
  '"9999999999"',
  '"10000000000"',
  'null',
  '"１"',
]
const ISSUERS = ['"viva"', '"Viva"', '["viva"]', '"viva "', '"\\u0076iva"', 'null', '1', '{}']
const AUDIENCES = [
  '"default"',
  '["default"]',
  '["x","default"]',
  '["default",1]',
  '[]',
  '""',
  '{"default":1}',
  '"x"',
  'null',
  '0',
]
const OTHERS = [
  'null',
  '5',
  '""',
  '"x"',
  'true',
  'false',
  '[]',
  '["b64"]',
  '["b64","b64"]',
  '["x"]',
  '[5]',
  '{}',
  'NaN',
  '0',
]
/** Odd values by claim; the other claims are times. */
const CLAIMS: Record<string, readonly string[]> = {
  sub: SUBJECTS,
  iss: ISSUERS,
  aud: AUDIENCES,
  jti: OTHERS,
  x: OTHERS,
}
const HEADERS = ['kid', 'crit', 'b64', 'typ', 'cty', 'x5t', 'zip', 'alg']
const ALGORITHMS = [
  '"HS256"',
  '"hs256"',
  '"none"',
  '"HS512"',
  '["HS256"]',
  'null',
  '256',
  '"HS256 "',
  '"\\u0048S256"',
]

/** A token signed with the recording's key, usually an odd one. Unless its `exp` was changed, it doesn't expire. */
export function inventToken(chance: Chance): string {
  const header = member(chance, oddHeader(chance))
  const claims = member(chance, oddClaims(chance))
  const signed = `${part(chance, header)}.${part(chance, claims)}`
  const signature = createHmac('sha256', RECORDING_SECRET).update(signed).digest('base64url')
  const ending = chance.oneIn(12) ? chance.pick(['=', '==', '.', ' ', '\u0085', 'A', '=A']) : ''
  return `${signed}.${chance.oneIn(40) ? mutated(chance, signature) : signature}${ending}`
}

function oddHeader(chance: Chance): [string, string][] {
  const members: [string, string][] = [['alg', chance.oneIn(8) ? chance.pick(ALGORITHMS) : '"HS256"']]
  for (let times = chance.int(3); times > 0; times--)
    members.push([chance.pick(HEADERS), chance.pick(OTHERS)])
  return chance.oneIn(3) ? members.reverse() : members
}

function oddClaims(chance: Chance): [string, string][] {
  const all = { ...GOOD }
  for (let times = chance.int(3); times > 0; times--) {
    const name = chance.pick(['sub', 'iat', 'exp', 'nbf', 'iss', 'aud', 'jti', 'x'])
    if (chance.oneIn(6)) delete all[name]
    else all[name] = value(chance, name)
  }
  const members = Object.entries(all)
  return chance.oneIn(5) ? [...members, ['exp', value(chance, 'exp')]] : members
}

function value(chance: Chance, name: string): string {
  if (chance.oneIn(6)) return chance.pick([...NUMBERS, ...VALUES])
  const choices = CLAIMS[name]
  if (choices !== undefined) return chance.pick(choices)
  return chance.oneIn(5) ? JSON.stringify(chance.pick(INTEGERS)) : chance.pick(TIMES)
}

function member(chance: Chance, members: [string, string][]): string {
  const text = `{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`
  return chance.oneIn(20) ? mutated(chance, text) : text
}

/** Base64url of the text's bytes, sometimes in another encoding or in a form that isn't canonical. */
function part(chance: Chance, text: string): string {
  const bytes = chance.oneIn(20)
    ? chance.pick([
        Buffer.from(`\ufeff${text}`),
        Buffer.from(text, 'utf16le'),
        Buffer.from(`\ufeff${text}`, 'utf16le'),
        Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from('}')]),
        Buffer.from(` ${text}\n`),
      ])
    : Buffer.from(text)
  const letters = bytes.toString('base64url')
  return chance.oneIn(15)
    ? chance.pick([`${letters}=`, `${letters}==`, bytes.toString('base64'), `${letters}A`])
    : letters
}
