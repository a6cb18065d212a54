import { colourCode } from '../../code/colour-code.ts'
import { partsOf } from '../../code/fenced.ts'

/** A part of a text that is marked on the screen, by its positions. */
export interface TextMark {
  from: number
  to: number
}

/** A run of letters that look alike. `isCode`: its part is a block of code. */
export interface Piece {
  text: string
  /** A colour of code, or null. */
  colour: string | null
  isMarked: boolean
}

export interface MarkedPart {
  isCode: boolean
  pieces: Piece[]
}

/** A text in the parts and pieces in which it is shown. */
export function markedParts(text: string, marks: readonly TextMark[]): MarkedPart[] {
  return partsOf(text).map((part) => {
    const isCode = part.language !== null
    const coloured =
      part.language === null ? [{ text: part.text, colour: null }] : colourCode(part.text, part.language)
    let from = part.from
    const pieces = coloured.flatMap((piece) => {
      const split = splitAtMarks(piece, from, marks)
      from += piece.text.length
      return split
    })
    return { isCode, pieces }
  })
}

function splitAtMarks(
  { text, colour }: { text: string; colour: string | null },
  from: number,
  marks: readonly TextMark[],
): Piece[] {
  const edges = marks.flatMap((mark) => [mark.from - from, mark.to - from])
  const inside = edges.filter((edge) => edge > 0 && edge < text.length)
  const bounds = [...new Set([0, ...inside, text.length])].sort((a, b) => a - b)
  return bounds.slice(1).map((end, index) => {
    const start = bounds[index] ?? 0
    const isMarked = marks.some((mark) => mark.from <= from + start && from + end <= mark.to)
    return { text: text.slice(start, end), colour, isMarked }
  })
}
