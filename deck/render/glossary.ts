import type { Token } from 'markdown-it'
import type { Lesson, Term } from '#contract/lesson.ts'
import type { GlossaryEntry } from '#contract/page.ts'
import { placeOfTerm, termId } from '../terms.ts'

/**
 * Gives the block in which a term first stands an id, so that the glossary can link to it and move the focus there. Terms of one block
 * share the id of the first of them.
 * @param tokens of a part of the prose; the block's token is changed in place
 * @returns the terms that were found, each with the id of its block
 */
export function anchorTerms(tokens: readonly Token[], terms: readonly Term[]): Map<Term, string> {
  const anchors = new Map<Term, string>()
  tokens.forEach((token, index) => {
    if (token.type !== 'inline') return
    const text = (token.children ?? [])
      .map(({ type, content }) => (type === 'softbreak' ? ' ' : content))
      .join('')
    const block = tokens.slice(0, index).findLast(({ nesting, hidden }) => nesting === 1 && !hidden)
    for (const term of terms) {
      if (block === undefined || anchors.has(term) || placeOfTerm(text, term) === undefined) continue
      const id = String(block.attrGet('id') ?? `term-${termId(term)}`)
      block.attrSet('id', id)
      block.attrSet('class', 'link-target')
      block.attrSet('tabindex', '-1')
      anchors.set(term, id)
    }
  })
  return anchors
}

/** The terms of a lesson as the glossary lists them. @param anchors the id of each term's block */
export function glossaryEntries(lesson: Lesson, anchors: ReadonlyMap<Term, string>): GlossaryEntry[] {
  const { name, number, title } = lesson
  return lesson.terms.map(({ term, long, meaning }) => ({
    id: termId({ term }),
    term,
    ...(long === undefined ? {} : { long }),
    meaning,
    lesson: { number, title },
    to: `/lessons/${name}#${[...anchors].find(([each]) => each.term === term)?.[1] ?? 'today'}`,
  }))
}

/** In alphabetical order, as a reader looks a word up. A term of several decks has an entry, and an anchor, for each. */
export function sortedGlossary(entries: readonly GlossaryEntry[]): GlossaryEntry[] {
  return entries
    .map((entry, index) => {
      const before = entries.slice(0, index).filter(({ id }) => id === entry.id).length
      return before === 0 ? entry : { ...entry, id: `${entry.id}-of-${before + 1}` }
    })
    .sort((one, other) => one.term.localeCompare(other.term, 'en', { sensitivity: 'base' }))
}
