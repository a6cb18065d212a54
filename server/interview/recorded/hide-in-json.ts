import { HIDDEN } from '#contract/trace.ts'
import { hideInPath } from './hide-in-path.ts'
import { recordedName, type Secrets } from './secrets.ts'

/** The next token of JSON as Python and JavaScript read it, with the white space before it. */
const PIECE =
  /([ \t\r\n]*)(?:("(?:[^"\\]|\\[^])*")|(-?(?:\d[\d.eE+-]*|Infinity)|NaN)|(true|false|null)|([{}[\],:]))/y

interface Frame {
  /** Null in an array. */
  key: string | null
  isObject: boolean
  expects: 'key' | 'colon' | 'value' | 'comma'
  /** Everything inside is hidden. */
  hidden: boolean
  /** Values without a name of their own are recorded here. */
  plain: boolean
  /** The location of a validation error: `input` repeats what was sent there. */
  place: string | null
}

export interface HideOptions {
  /** Names whose values are recorded. */
  names: ReadonlySet<string>
  /** Whether values without a name are recorded. */
  plain: boolean
  /** Every hidden value is added to it; a value that contains one of them is hidden as well. */
  secrets: Secrets
}

/**
 * JSON as it was written, with its spaces and repeated names, and without any value whose name isn't known. In invalid JSON, everything
 * after the mistake is hidden.
 */
export function hideInJson(text: string, { names, plain, secrets }: HideOptions): string {
  const stack: Frame[] = [{ ...frame(false, plain), expects: 'value' }]
  const written: string[] = []
  let index = 0
  for (;;) {
    PIECE.lastIndex = index
    const match = PIECE.exec(text)
    const top = stack.at(-1)
    if (match === null || top === undefined) break
    const [whole, space = '', string, number, word, mark] = match
    const piece = string ?? number ?? word ?? mark ?? ''
    const out =
      mark === undefined
        ? scalar(top, piece, string !== undefined, number !== undefined)
        : structure(top, mark)
    if (out === null) break
    written.push(space, out)
    index += whole.length
  }
  const rest = text.slice(index)
  if (rest.trim() !== '') secrets.add(rest.trim())
  return written.join('') + (rest.trim() === '' ? rest : HIDDEN)

  function structure(top: Frame, mark: string): string | null {
    if (mark === ',' && top.expects === 'comma' && stack.length > 1) {
      top.expects = top.isObject ? 'key' : 'value'
      return mark
    }
    if (mark === ':' && top.expects === 'colon') {
      top.expects = 'value'
      return mark
    }
    if ((mark === '{' || mark === '[') && top.expects === 'value') {
      top.expects = 'comma'
      const known = top.key === null ? top.plain : names.has(top.key)
      const hidden = top.hidden || (top.isObject && !known)
      stack.push({
        ...frame(mark === '{', known && top.key !== 'input'),
        hidden,
        key: mark === '[' ? top.key : null,
      })
      return mark
    }
    if ((mark === '}' && top.isObject) || (mark === ']' && !top.isObject && stack.length > 1)) {
      stack.pop()
      return mark
    }
    return null
  }

  function scalar(top: Frame, piece: string, isString: boolean, isNumber: boolean): string | null {
    if (top.expects === 'key' && isString) {
      top.key = decoded(piece)
      top.expects = 'colon'
      return recordedName(top.key) === top.key ? piece : JSON.stringify(HIDDEN)
    }
    if (top.expects !== 'value') return null
    top.expects = 'comma'
    if (!isString && !isNumber) return piece
    const value = isString ? decoded(piece) : piece
    if (top.key === 'loc' && isString) {
      const owner = stack.at(-2)
      if (owner) owner.place = value
    }
    return kept(top, value, isString) ?? (secrets.add(value), JSON.stringify(HIDDEN))

    /** @returns null when the value is hidden */
    function kept(place: Frame, text: string, isText: boolean): string | null {
      if (place.hidden || secrets.in(text)) return null
      if (place.isObject ? !names.has(place.key ?? '') : !place.plain) return null
      if (place.key === 'input')
        return names.has(place.place ?? '') || place.place === 'user_id' ? piece : null
      if (!isText) return piece
      if (place.key === 'id') return null
      if (place.key === 'loc') return recordedName(text) === text ? piece : null
      if (place.key !== 'path') return piece
      const path = hideInPath(text, { names, secrets })
      return path === text ? piece : JSON.stringify(path)
    }
  }
}

function frame(isObject: boolean, plain: boolean): Frame {
  return { isObject, plain, key: null, expects: isObject ? 'key' : 'value', hidden: false, place: null }
}

function decoded(string: string): string {
  try {
    return JSON.parse(string) as string
  } catch {
    return string.slice(1, -1)
  }
}
