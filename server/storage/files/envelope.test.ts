import { expect, test } from 'vitest'
import { decode, encode, seal } from './envelope.ts'
import { seeded } from '../snapshot.ts'
import { SEED } from '../testing/seed.ts'

const snapshot = seeded(SEED)
const whole = Buffer.from(encode(snapshot))

function faultOf(bytes: Uint8Array): string {
  try {
    decode(bytes)
  } catch (error) {
    return (error as Error).message
  }
  return 'read without complaint'
}

test('what was written is read back, rows in their order', () => {
  expect(decode(whole)).toEqual(snapshot)
})

test('a file truncated at any byte is detected', () => {
  for (let length = 0; length < whole.length; length += 1) {
    expect(faultOf(whole.subarray(0, length)), `cut at ${length}`).toMatch(/empty|not complete JSON|UTF-8/)
  }
})

test('a single flipped bit anywhere is detected', () => {
  for (let bit = 0; bit < whole.length * 8; bit += 1) {
    const flipped = Buffer.from(whole)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(faultOf(flipped), `bit ${bit}`).not.toBe('read without complaint')
  }
})

test.each([
  ['nothing', '', /empty/],
  ['NUL bytes, as after a power cut', '\0'.repeat(500), /not complete JSON/],
  ['a byte order mark', `\uFEFF${whole}`, /not complete JSON/],
  ['null', 'null', /shape/],
  ['a list', '[]', /shape/],
  ['another format', '{"format":"other","schema":1,"revision":0,"checksum":"","data":{}}', /shape/],
  ['a newer schema', String(whole).replace('"schema":1', '"schema":2'), /newer version of Viva/],
  ['a row without email', seal(1, 0, { nextId: 3, users: [{ id: 1 }] }), /shape.*users\.0/],
  ['a negative revision', seal(1, -1, { nextId: 3, users: [] }), /shape.*revision/],
  ['an edit by hand', String(whole).replace('"age":36', '"age":37'), /checksum/],
  ['a higher revision', String(whole).replace('"revision":0', '"revision":9'), /checksum/],
  ['white space', String(whole).replace(':{', ': {'), /checksum/],
  ['something after the end', `${whole}\n`, /checksum/],
])('%s is refused with its reason', (_, text, reason) => {
  expect(faultOf(Buffer.from(text))).toMatch(reason)
})

test("bytes that aren't UTF-8 are refused", () => {
  const bytes = Buffer.from(whole)
  bytes[bytes.indexOf('Ada')] = 0xff
  expect(faultOf(bytes)).toMatch(/UTF-8/)
})

test("a refusal never repeats the file's content", () => {
  const cut = whole.subarray(0, whole.length - 20)
  expect(faultOf(cut)).not.toMatch(/ada|hash|example/i)
})
