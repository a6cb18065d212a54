export type JsonColour = 'key' | 'string' | 'number' | 'literal' | 'variable' | 'plain'

const TOKEN =
  /(\{\{\s*[a-z]\w*\s*\}\})|("(?:[^"\\\n]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g

/** Splits text that is or will be JSON into coloured pieces, which together are the text again. */
export function jsonColours(text: string): { text: string; colour: JsonColour }[] {
  const pieces: { text: string; colour: JsonColour }[] = []
  const add = (part: string | undefined, colour: JsonColour): void => {
    if (part) pieces.push({ text: part, colour })
  }
  let after = 0
  for (const found of text.matchAll(TOKEN)) {
    const [whole, variable, string, colon, number, literal] = found
    add(text.slice(after, found.index), 'plain')
    add(variable, 'variable')
    add(string, colon === undefined ? (/\{\{.*\}\}/.test(string ?? '') ? 'variable' : 'string') : 'key')
    add(colon, 'plain')
    add(number, 'number')
    add(literal, 'literal')
    after = found.index + whole.length
  }
  add(text.slice(after), 'plain')
  return pieces
}

/** Why a text is not JSON, or null when it is. */
export function jsonError(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
