/** The body can't be read at all (not UTF-8, nested too deeply): FastAPI responds with 400, not 422. */
export class UnreadableBodyError extends Error {
  override name = 'UnreadableBodyError'
}

/** The text is not JSON: `msg` in Python's words, `pos` counted in characters (code points) of the text. */
export class JsonDecodeError extends Error {
  override name = 'JsonDecodeError'
  readonly msg: string
  readonly pos: number

  /** @param index where in the string, in UTF-16 units */
  constructor(msg: string, text: string, index: number) {
    const pos = countCharacters(text, index)
    super(`${msg}: char ${pos}`)
    this.msg = msg
    this.pos = pos
  }
}

function countCharacters(text: string, end: number): number {
  let count = 0
  for (let at = 0; at < end; count++) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
  return count
}
