import { expect, test } from 'vitest'
import { decodeLines, encodeLine, soundLines } from './event-lines.ts'

const AT = '2026-01-01T00:00:00.000Z'
const [first, second] = [
  encodeLine({ first: 1, at: AT, data: ['one'] }),
  encodeLine({ first: 2, at: AT, data: ['two', 'three'] }),
]

test('a line has a checksum of 16 digits, and is read back as it was written', () => {
  expect(first).toMatch(
    /^\{"first":1,"at":"2026-01-01T00:00:00\.000Z","sum":"[0-9a-f]{16}","data":\["one"\]\}\n$/,
  )
  const bytes = Buffer.from(first + second)
  const events = [
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
  ].map(([number, data]) => ({ number, at: AT, data }))
  expect(decodeLines(bytes)).toEqual({ events, whole: bytes.length, unended: false })
  expect(decodeLines(Buffer.alloc(0))).toEqual({ events: [], whole: 0, unended: false })
})

test.each([
  ['said twice', first + first],
  ['left out', second],
  ['before the one that it follows', second + first],
  ['empty', `${first}\n${second}`],
  ['after a byte order mark', `\uFEFF${first}`],
])('a complete line that is %s is damage, and everything before it is intact', (_what, text) => {
  const bytes = Buffer.from(text)
  const { fault, events, whole } = soundLines(bytes)
  expect(fault).toBe(`the line that starts at byte ${whole} was changed after it was written`)
  expect(whole).toBe(text.startsWith(first) ? first.length : 0)
  expect(events).toHaveLength(text.startsWith(first) ? 1 : 0)
  expect(() => decodeLines(bytes)).toThrow(fault)
})

test("bytes that aren't UTF-8 are damage, although JSON would accept their replacement", () => {
  const text = encodeLine({ first: 1, at: AT, data: ['\uFFFD'] })
  const at = Buffer.from(text).indexOf('\uFFFD')
  const bytes = Buffer.concat([
    Buffer.from(text).subarray(0, at),
    Buffer.from([0xff]),
    Buffer.from(text).subarray(at + 3),
  ])
  expect(soundLines(bytes).fault).toContain('byte 0')
})
