import { expect, test } from 'vitest'
import { continueTrace, traceparentOf } from './traceparent.ts'

const ID = '4bf92f3577b34da6a3ce929d0e0e4736'
const SPAN = '00f067aa0ba902b7'

test.each([`00-${ID}-${SPAN}-01`, `00-${ID}-${SPAN}-00`, `cc-${ID}-${SPAN}-01-what-the-future-brings`])(
  'a valid header is continued under a span of our own: %s',
  (header) => {
    const { traceId, spanId } = continueTrace(header)
    expect(traceId).toBe(ID)
    expect(spanId).toMatch(/^[0-9a-f]{16}$/)
    expect(spanId).not.toBe(SPAN)
  },
)

test.each([
  undefined,
  '',
  'nonsense',
  `00-${ID}-${SPAN}`,
  `ff-${ID}-${SPAN}-01`,
  `00-${ID}-${SPAN}-01-more`,
  `00-${ID.toUpperCase()}-${SPAN}-01`,
  `00-${'0'.repeat(32)}-${SPAN}-01`,
  `00-${ID}-${'0'.repeat(16)}-01`,
  `00-${ID}-${SPAN}-01\n`,
])('any other header begins a new trace: %s', (header) => {
  const { traceId } = continueTrace(header)
  expect(traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(traceId).not.toBe(ID)
})

test('no two requests have the same ids, and the response header is valid', () => {
  const made = Array.from({ length: 1000 }, () => continueTrace(undefined))
  expect(new Set(made.map(({ traceId }) => traceId)).size).toBe(1000)
  expect(new Set(made.map(({ spanId }) => spanId)).size).toBe(1000)
  expect(traceparentOf(made[0]!)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
})
