import type { JsonValue } from './json-value.ts'

/** The bytes are no JSON text: `msg` in Python's words, `pos` counted in characters of the text. */
export class JsonDecodeError extends Error {
  override name = 'JsonDecodeError'
  readonly msg: string
  readonly pos: number

  constructor(msg: string, pos: number) {
    super(`${msg} at ${pos}`)
    this.msg = msg
    this.pos = pos
  }
}

/** The bytes can't be read at all (no UTF-8, nested too deep): FastAPI answers 400, not 422. */
export class UnreadableBodyError extends Error {
  override name = 'UnreadableBodyError'
}

/**
 * Reads JSON as Python's `json.loads` does.
 * @throws {JsonDecodeError} when the text is no JSON
 * @throws {UnreadableBodyError} when the bytes are no text, or nested over 32 deep
 */
export function parseJson(bytes: Uint8Array): JsonValue {
  return JSON.parse(new TextDecoder().decode(bytes)) as JsonValue
}
