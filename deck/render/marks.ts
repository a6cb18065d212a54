import type { Token } from 'markdown-it'
import { noteTokens, type Mark } from './notes.ts'
import { closeToken, openToken, textToken } from './tokens.ts'

/**
 * One character as it is read; a tag within a line of prose (`code`, `em`, `a`); or a gap, where a line ends or holds a line break or an
 * image.
 */
type Unit = { read: string } | { tag: Token } | { gap: Token | null }

/** What one character is marked with. */
interface Marking {
  claims: string[]
  dated: boolean
}

/**
 * Marks sentences in parsed Markdown. Each run of a claim's sentence is a `<span class="claim" data-claims="…">`, followed by a small link
 * with the step's number; a fact's sentence is followed by a link to `#fact-<id>`, one that isn't shown by a link to `#not-shown-<number>`;
 * dated words are struck through and followed by today's.
 * Markup within a sentence stays; words are compared with their spaces squeezed.
 * @param tokens of whole blocks; the text of code is expected in text tokens, as `createMarkdown` lays it out. They are changed in place.
 * @returns the marks whose sentence was found, each with the inline token that it ends in
 */
export function markSentences(tokens: readonly Token[], marks: readonly Mark[]): Map<Mark, Token> {
  const lines = tokens.filter((token) => token.type === 'inline')
  const units = lines.flatMap((line): Unit[] => [...(line.children ?? []).flatMap(unitsOf), { gap: null }])
  const { text, unitAt } = readText(units)
  const markings = new Map<number, Marking>()
  const notes = new Map<number, Mark[]>()
  const placed = new Map<Mark, Token>()
  for (const mark of marks) {
    const sentence = mark.sentence.replace(/\s+/g, ' ').trim()
    const begin = text.indexOf(sentence)
    const first = unitAt[begin]
    const last = unitAt[begin + sentence.length - 1]
    if (begin < 0 || first === undefined || last === undefined) continue
    placed.set(mark, lines[lineOf(units, last)]!)
    for (let index = first; index <= last && ('claim' in mark || 'today' in mark); index++) {
      const { claims, dated } = markings.get(index) ?? { claims: [], dated: false }
      markings.set(index, {
        claims: 'claim' in mark ? [...claims, mark.claim] : claims,
        dated: dated || 'today' in mark,
      })
    }
    const end = 'today' in mark ? endOfMarkup(units, last) : endOfSentence(units, last)
    notes.set(end, [...(notes.get(end) ?? []), mark])
  }
  const marked = markedLines(units, markings, notes)
  lines.forEach((line, index) => (line.children = marked[index] ?? []))
  return placed
}

/** Index of the line that a unit is in. */
function lineOf(units: readonly Unit[], index: number): number {
  return units.slice(0, index).filter((unit) => 'gap' in unit && unit.gap === null).length
}

function unitsOf(token: Token): Unit[] {
  if (token.type === 'text') return [...token.content].map((read) => ({ read }))
  if (token.type === 'softbreak') return [{ read: '\n' }]
  return token.nesting === 0 ? [{ gap: token }] : [{ tag: token }]
}

/** The text with its spaces squeezed, and for each UTF-16 position in it the index of the unit that it comes from. */
function readText(units: readonly Unit[]): { text: string; unitAt: number[] } {
  let text = ''
  const unitAt: number[] = []
  units.forEach((unit, index) => {
    if ('tag' in unit) return
    const read = 'gap' in unit || /\s/.test(unit.read) ? ' ' : unit.read
    if (read === ' ' && text.endsWith(' ')) return
    text += read
    for (let position = 0; position < read.length; position++) unitAt.push(index)
  })
  return { text, unitAt }
}

/** Index of the unit that a note follows: behind a full stop or comma, and outside of code, emphasis and links. */
function endOfSentence(units: readonly Unit[], last: number): number {
  const isLink = (unit: Unit | undefined): unit is { tag: Token } =>
    unit !== undefined && 'tag' in unit && unit.tag.tag === 'a'
  const link = units.slice(0, last).findLast(isLink)
  let end = link?.tag.nesting === 1 ? units.findIndex((unit, index) => index > last && isLink(unit)) : last
  for (let unit = units[end + 1]; unit !== undefined; unit = units[end + 1]) {
    if ('gap' in unit) break
    if ('tag' in unit ? unit.tag.nesting === 1 : !/^[.,;:!?)]$/.test(unit.read)) break
    end += 1
  }
  return end
}

/** Index of the last of the tags that close behind a unit: a note in code would look like code. */
function endOfMarkup(units: readonly Unit[], last: number): number {
  const next = units[last + 1]
  const closes = next !== undefined && 'tag' in next && next.tag.nesting === -1
  return closes ? endOfMarkup(units, last + 1) : last
}

const UNMARKED: Marking = { claims: [], dated: false }

function isMarked({ claims, dated }: Marking): boolean {
  return claims.length > 0 || dated
}

function tagOf({ dated }: Marking): string {
  return dated ? 's' : 'span'
}

function attributesOf({ claims, dated }: Marking): Record<string, string> {
  if (claims.length === 0) return { class: 'dated' }
  return { class: dated ? 'claim dated' : 'claim', 'data-claims': claims.join(' ') }
}

/** The tokens of each line with its marks and notes. */
function markedLines(
  units: readonly Unit[],
  markings: ReadonlyMap<number, Marking>,
  notes: ReadonlyMap<number, Mark[]>,
): Token[][] {
  const lines: Token[][] = []
  let line: Token[] = []
  let text = ''
  let open: Marking = UNMARKED
  const endText = (): void => {
    if (text !== '') line.push(textToken(text))
    text = ''
  }
  const change = (to: Marking): void => {
    if (to.dated === open.dated && to.claims.join(' ') === open.claims.join(' ')) return
    endText()
    if (isMarked(open)) line.push(closeToken('mark_close', tagOf(open)))
    if (isMarked(to)) line.push(openToken('mark_open', tagOf(to), attributesOf(to)))
    open = to
  }
  units.forEach((unit, index) => {
    if ('read' in unit) {
      const next = units[index + 1]
      const isOuterSpace = unit.read.trim() === '' && (!isMarked(open) || next === undefined || 'gap' in next)
      change(isOuterSpace ? UNMARKED : (markings.get(index) ?? UNMARKED))
      text += unit.read
    } else {
      change(UNMARKED)
      endText()
      const token = 'tag' in unit ? unit.tag : unit.gap
      if (token !== null) line.push(token)
    }
    const ending = notes.get(index)
    if (ending !== undefined) {
      change(UNMARKED)
      endText()
      line.push(...noteTokens(ending))
    }
    if ('gap' in unit && unit.gap === null) {
      lines.push(line)
      line = []
    }
  })
  return lines
}
