import type { Token } from 'markdown-it'
import { closeToken, openToken, textToken } from './tokens.ts'

/** A sentence to mark, the claim that shows it, and the number of the step that the claim belongs to, from 1. */
export interface Mark {
  claim: string
  sentence: string
  step: number
}

/**
 * One character as it is read; a tag within a line of prose (`code`, `em`, `a`); or a gap, where a line ends or holds a line break or an
 * image.
 */
type Unit = { read: string } | { tag: Token } | { gap: Token | null }

/**
 * Marks sentences in parsed Markdown: each run of their text in `<span class="claim" data-claims="…">`, and after the last a small link
 * with the step's number. Markup within a sentence stays; words are compared with their spaces squeezed.
 * @param tokens of whole blocks; the text of code is expected in text tokens, as `createMarkdown` lays it out. They are changed in place.
 * @returns the claims whose sentence was found
 */
export function markSentences(tokens: readonly Token[], marks: readonly Mark[]): Set<string> {
  const lines = tokens.filter((token) => token.type === 'inline')
  const units = lines.flatMap((line): Unit[] => [...(line.children ?? []).flatMap(unitsOf), { gap: null }])
  const { text, unitAt } = readText(units)
  const claims = new Map<number, string[]>()
  const notes = new Map<number, Mark[]>()
  const placed = new Set<string>()
  for (const mark of marks) {
    const sentence = mark.sentence.replace(/\s+/g, ' ').trim()
    const begin = text.indexOf(sentence)
    const first = unitAt[begin]
    const last = unitAt[begin + sentence.length - 1]
    if (begin < 0 || first === undefined || last === undefined) continue
    placed.add(mark.claim)
    for (let index = first; index <= last; index++)
      claims.set(index, [...(claims.get(index) ?? []), mark.claim])
    const end = endOfSentence(units, last)
    notes.set(end, [...(notes.get(end) ?? []), mark])
  }
  const marked = markedLines(units, claims, notes)
  lines.forEach((line, index) => (line.children = marked[index] ?? []))
  return placed
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

/** The tokens of each line with its marks and notes. */
function markedLines(
  units: readonly Unit[],
  claims: ReadonlyMap<number, string[]>,
  notes: ReadonlyMap<number, Mark[]>,
): Token[][] {
  const lines: Token[][] = []
  let line: Token[] = []
  let text = ''
  let open = ''
  const endText = (): void => {
    if (text !== '') line.push(textToken(text))
    text = ''
  }
  const change = (to: string): void => {
    if (to === open) return
    endText()
    if (open !== '') line.push(closeToken('claim_close', 'span'))
    if (to !== '') line.push(openToken('claim_open', 'span', { class: 'claim', 'data-claims': to }))
    open = to
  }
  units.forEach((unit, index) => {
    if ('read' in unit) {
      const next = units[index + 1]
      const isOuterSpace = unit.read.trim() === '' && (open === '' || next === undefined || 'gap' in next)
      change(isOuterSpace ? '' : (claims.get(index) ?? []).join(' '))
      text += unit.read
    } else {
      change('')
      endText()
      const token = 'tag' in unit ? unit.tag : unit.gap
      if (token !== null) line.push(token)
    }
    const ending = notes.get(index)
    if (ending !== undefined) {
      change('')
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

/** Keeps a note in the line of the word before it. */
const WORD_JOINER = '\u2060'
/** Words of a sentence that tell its note from the others in a list of links. */
const NAME_WORDS = 8

function firstWords(sentence: string): string {
  const words = sentence.split(/\s+/)
  return words.length <= NAME_WORDS ? sentence : `${words.slice(0, NAME_WORDS).join(' ')} …`
}

function noteTokens(marks: readonly Mark[]): Token[] {
  const steps = [...new Set(marks.map((mark) => mark.step))].sort((a, b) => a - b)
  return steps.flatMap((step) => {
    const own = marks.filter((mark) => mark.step === step)
    return [
      openToken('note_open', 'a', {
        class: 'claim-ref',
        href: `?step=${step}#playground`,
        'aria-label': `Proved by step ${step}: ${firstWords(own[0]?.sentence ?? '')}`,
        'data-step': String(step),
        'data-claims': own.map((mark) => mark.claim).join(' '),
      }),
      textToken(WORD_JOINER),
      openToken('number_open', 'span', { class: 'number' }),
      textToken(String(step)),
      closeToken('number_close', 'span'),
      closeToken('note_close', 'a'),
    ]
  })
}
