// @vitest-environment node
import { expect, test } from 'vitest'
import type { LineEvent } from '#contract/original-tab/engine.ts'
import { momentText, nextMoment, regionAt, stackAt } from './call-stack.ts'

const event = (
  kind: LineEvent['event'],
  name: string,
  depth: number,
  line: number,
  value?: string,
): LineEvent => ({
  ...{ file: 'auth.py', line, event: kind, function: name, depth, locals: {}, atMs: 0 },
  ...(value === undefined ? {} : { value }),
})

/** `get_current_user` calls `decode_token`, which raises. */
const events = [
  event('call', 'get_current_user', 0, 154),
  event('line', 'get_current_user', 0, 158),
  event('call', 'decode_token', 1, 131),
  event('line', 'decode_token', 1, 133),
  event('raise', 'decode_token', 1, 133, 'DecodeError()'),
  event('unwind', 'decode_token', 1, 133, 'HTTPException()'),
  event('raise', 'get_current_user', 0, 158, 'HTTPException()'),
  event('unwind', 'get_current_user', 0, 158, 'HTTPException()'),
]

test('the stack grows with a call, keeps where the caller stands, and shrinks as the exception passes', () => {
  const names = (at: number) => stackAt(events, at).map((frame) => `${frame.function}:${frame.line}`)
  expect(names(0)).toEqual(['get_current_user:154'])
  expect(names(3)).toEqual(['get_current_user:158', 'decode_token:133'])
  expect(names(6)).toEqual(['get_current_user:158'])
})

test('a step over a call stays in the function, a step out leaves it, and the next exception is found', () => {
  expect(nextMoment(events, 1, 'over')).toBe(6)
  expect(nextMoment(events, 3, 'out')).toBe(6)
  expect(nextMoment(events, 0, 'raise')).toBe(4)
  // On its way out it is the same exception.
  expect(nextMoment(events, 4, 'raise')).toBe(4)
  expect(nextMoment(events, 7, 'over')).toBe(7)
})

test('each moment is said in words, with what is returned or raised', () => {
  expect(events.map(momentText)).toEqual([
    'get_current_user is called, line 154 of auth.py',
    'get_current_user, line 158 of auth.py',
    'decode_token is called, line 131 of auth.py',
    'decode_token, line 133 of auth.py',
    'Exception in decode_token, line 133 of auth.py: DecodeError()',
    'decode_token ends with the exception: HTTPException()',
    'Exception in get_current_user, line 158 of auth.py: HTTPException()',
    'get_current_user ends with the exception: HTTPException()',
  ])
  expect(momentText(event('return', 'get_db', 0, 41, 'None'))).toBe('get_db returns: None')
})

test('a line is in the innermost region around it', () => {
  const text = '# region a\nx\n    # region a.b\n    y\n    # endregion\nz\n# endregion\nw'
  expect([2, 4, 6, 8].map((line) => regionAt(text, line))).toEqual(['a', 'a.b', 'a', null])
})
