import type { Token } from 'markdown-it'
import { closeToken, openToken, textToken } from './tokens.ts'

/** A sentence that a claim shows; the claim's step has this number, from 1. */
interface ClaimMark {
  sentence: string
  claim: string
  step: number
}

/** A sentence that a fact shows. */
interface FactMark {
  sentence: string
  fact: string
}

/** Words that are dated, and what to say today. */
interface DatedMark {
  sentence: string
  today: string
}

export type Mark = ClaimMark | FactMark | DatedMark

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
 * with the step's number; a fact's sentence is followed by a link to `#fact-<id>`; dated words are struck through and followed by today's.
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
    for (let index = first; index <= last; index++) {
      const { claims, dated } = markings.get(index) ?? { claims: [], dated: false }
      markings.set(index, {
        claims: 'claim' in mark ? [...claims, mark.claim] : claims,
        dated: dated || 'today' in mark,
      })
    }
    const end = 'today' in mark ? last : endOfSentence(units, last)
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

/** Keeps a note in the line of the word before it. */
const WORD_JOINER = '\u2060'
/** Words of a sentence that tell its note from the others in a list of links. */
const NAME_WORDS = 8

function firstWords(sentence: string): string {
  const words = sentence.split(/\s+/)
  return words.length <= NAME_WORDS ? sentence : `${words.slice(0, NAME_WORDS).join(' ')} …`
}

function noteTokens(marks: readonly Mark[]): Token[] {
  return [
    ...marks.flatMap((mark) => ('today' in mark ? correctionTokens(mark) : [])),
    ...stepTokens(marks.filter((mark) => 'claim' in mark)),
    ...marks.flatMap((mark) => ('fact' in mark ? factTokens(mark) : [])),
  ]
}

function stepTokens(marks: readonly ClaimMark[]): Token[] {
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

function factTokens({ fact, sentence }: FactMark): Token[] {
  return [
    openToken('note_open', 'a', {
      class: 'fact-ref',
      href: `#fact-${fact}`,
      'aria-label': `What ran: ${firstWords(sentence)}`,
    }),
    textToken(`${WORD_JOINER}py`),
    closeToken('note_close', 'a'),
  ]
}

function correctionTokens({ today }: DatedMark): Token[] {
  return [
    textToken(' '),
    openToken('note_open', 'a', { class: 'correction', href: '#today' }),
    textToken(`today: ${today}`),
    closeToken('note_close', 'a'),
  ]
}
