import type { Json } from './recording.ts'

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * Like JSON.parse, but an integer that is too large for a JavaScript number becomes `{ "$integer": "123…" }`.
 * @throws SyntaxError as JSON.parse does
 */
export function parseExactly(text: string): Json {
  const marked = text.replace(STRING_OR_NUMBER, (part) =>
    /^-?\d+$/.test(part) && !Number.isSafeInteger(Number(part)) ? `{"$integer":"${part}"}` : part,
  )
  return JSON.parse(marked)
}
