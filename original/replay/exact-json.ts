import type { Json } from './recording.ts'

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

/**
 * As JSON.parse, but an integer that a JavaScript number can't hold becomes `{ "$integer": "123…" }`.
 * Throws SyntaxError as JSON.parse does.
 */
export function parseExactly(text: string): Json {
  const marked = text.replace(STRING_OR_NUMBER, (part) =>
    /^-?\d+$/.test(part) && !Number.isSafeInteger(Number(part)) ? `{"$integer":"${part}"}` : part,
  )
  return JSON.parse(marked)
}
