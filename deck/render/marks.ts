import { escapeHtml } from './highlight.ts'

/** A sentence to mark, the claim that shows it, and the number of the step that the claim belongs to, from 1. */
export interface Mark {
  claim: string
  sentence: string
  step: number
}

/** A tag, or one character as it is written and as it is read. */
type Unit = { tag: string; block: boolean } | { source: string; read: string }

const INLINE = /^<\/?(a|b|code|em|i|kbd|mark|s|span|strong|sub|sup)\b/
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

/**
 * Marks sentences in HTML: each run of their text in `<span class="claim" data-claims="…">`, and after the last a small link
 * with the step's number. Markup within a sentence stays; words are compared with their spaces squeezed.
 * @returns the HTML and which claims found their sentence
 */
export function markSentences(html: string, marks: readonly Mark[]): { html: string; placed: Set<string> } {
  const units = unitsOf(html)
  const { text, at } = readText(units)
  const claims = new Map<number, string[]>()
  const ends = new Map<number, Mark[]>()
  const placed = new Set<string>()
  for (const mark of marks) {
    const sentence = mark.sentence.replace(/\s+/g, ' ').trim()
    const begin = text.indexOf(sentence)
    const first = at[begin]
    const last = at[begin + sentence.length - 1]
    if (begin < 0 || first === undefined || last === undefined) continue
    placed.add(mark.claim)
    for (let index = first; index <= last; index++)
      claims.set(index, [...(claims.get(index) ?? []), mark.claim])
    const end = endOfSentence(units, last)
    ends.set(end, [...(ends.get(end) ?? []), mark])
  }
  return { html: written(units, claims, ends), placed }
}

function unitsOf(html: string): Unit[] {
  return (html.match(/<[^>]*>|&[#\w]+;|[\s\S]/gu) ?? []).map((source) =>
    source.length > 1 && source.startsWith('<')
      ? { tag: source, block: !INLINE.test(source) }
      : { source, read: ENTITIES[source] ?? source },
  )
}

/** The text with spaces squeezed, and for each UTF-16 place of it the unit that it comes from. */
function readText(units: readonly Unit[]): { text: string; at: number[] } {
  let text = ''
  const at: number[] = []
  units.forEach((unit, index) => {
    const read = 'tag' in unit ? (unit.block ? ' ' : '') : /\s/.test(unit.read) ? ' ' : unit.read
    if (read === '' || (read === ' ' && text.endsWith(' '))) return
    text += read
    for (let place = 0; place < read.length; place++) at.push(index)
  })
  return { text, at }
}

/** The number of a note stands after a full stop or comma, and outside of code, emphasis and links. */
function endOfSentence(units: readonly Unit[], last: number): number {
  let end = last
  const links = units.slice(0, last).filter((unit) => 'tag' in unit && /^<\/?a\b/.test(unit.tag))
  const link = links.at(-1)
  const inLink = link !== undefined && 'tag' in link && !link.tag.startsWith('</')
  if (inLink) end = units.findIndex((unit, index) => index > last && 'tag' in unit && unit.tag === '</a>')
  for (let index = end + 1; index < units.length; index++) {
    const unit = units[index]
    if (unit === undefined) break
    if ('tag' in unit ? unit.tag.startsWith('</') && !unit.block : /^[.,;:!?)]$/.test(unit.read)) end = index
    else break
  }
  return end
}

function written(units: readonly Unit[], claims: Map<number, string[]>, ends: Map<number, Mark[]>): string {
  let html = ''
  let open = ''
  const change = (to: string): void => {
    if (to === open) return
    if (open !== '') html += '</span>'
    if (to !== '') html += `<span class="claim" data-claims="${escapeHtml(to)}">`
    open = to
  }
  units.forEach((unit, index) => {
    if ('tag' in unit) {
      change('')
      html += unit.tag
    } else {
      const blank = unit.read.trim() === '' && (open === '' || nextIsTag(units, index))
      change(blank ? '' : (claims.get(index) ?? []).join(' '))
      html += unit.source
    }
    const notes = ends.get(index)
    if (notes !== undefined) {
      change('')
      html += notesHtml(notes)
    }
  })
  change('')
  return html
}

function nextIsTag(units: readonly Unit[], index: number): boolean {
  const next = units[index + 1]
  return next === undefined || ('tag' in next && next.block)
}

/** Keeps a note in the line of the word before it. */
const WORD_JOINER = '\u2060'
/** Words of a sentence that tell its note from the others in a list of links. */
const NAME_WORDS = 8

function firstWords(sentence: string): string {
  const words = sentence.split(/\s+/)
  return words.length <= NAME_WORDS ? sentence : `${words.slice(0, NAME_WORDS).join(' ')} …`
}

function notesHtml(marks: readonly Mark[]): string {
  const steps = [...new Set(marks.map((mark) => mark.step))].sort((a, b) => a - b)
  return steps
    .map((step) => {
      const own = marks.filter((mark) => mark.step === step)
      const ids = own.map((mark) => mark.claim).join(' ')
      const name = `Proved by step ${step}: ${firstWords(own[0]?.sentence ?? '')}`
      return (
        `<a class="claim-ref" href="?step=${step}#playground" aria-label="${escapeHtml(name)}" data-step="${step}" ` +
        `data-claims="${escapeHtml(ids)}">${WORD_JOINER}<span class="number">${step}</span></a>`
      )
    })
    .join('')
}
