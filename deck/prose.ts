import MarkdownIt from 'markdown-it'
import type { ProseItem } from '#contract/lesson.ts'

const markdown = new MarkdownIt()

/** A `##` section of a lesson's prose. */
export interface Section {
  heading: string
  /** Line of the heading in the file, from 1. */
  line: number
  markdown: string
}

/** A place in a plain text: `end` is behind its last character. */
export interface TextPlace {
  begin: number
  end: number
}

/** Where a sentence first stands in a plain text, whatever its own spaces; null where it doesn't. */
export function placeIn(text: string, sentence: string): TextPlace | null {
  const words = squeezed(sentence)
  const begin = text.indexOf(words)
  return begin < 0 ? null : { begin, end: begin + words.length }
}

/** A text with one space where it had several or a line break, and none around it. */
export function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/**
 * Splits prose at its headings of one level. Lines within fenced code are never headings.
 * @param level how many `#` the headings have
 * @param offset lines of the file before the text's first one
 */
export function splitAtHeadings(text: string, level: number, offset: number): Section[] {
  const sections: Section[] = []
  const heading = new RegExp(`^#{${level}} +(.+?)\\s*$`)
  let fence = ''
  text.split('\n').forEach((line, index) => {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1] ?? ''
    if (fence ? mark.startsWith(fence) : mark) fence = fence ? '' : mark
    const title = fence ? undefined : heading.exec(line)?.[1]
    if (title) sections.push({ heading: title, line: index + 1 + offset, markdown: '' })
    else {
      const open = sections.at(-1)
      if (open) open.markdown += `${line}\n`
    }
  })
  return sections.map((section) => ({ ...section, markdown: section.markdown.trim() }))
}

/** The `###` items of a section: a question or a wrong answer, and what stands under it. */
export function itemsOf(section: Section): ProseItem[] {
  return splitAtHeadings(section.markdown, 3, 0).map(({ heading, markdown: under }) => ({
    heading,
    markdown: under,
  }))
}

/**
 * The words of Markdown without its markup, one space between them: what a reader reads, to look a sentence up in.
 */
export function plainText(source: string): string {
  const words = markdown.parse(source, {}).flatMap((token) => {
    if (token.type === 'fence' || token.type === 'code_block') return [token.content]
    return token.type === 'inline' ? [inlineText(token.children ?? [])] : []
  })
  return squeezed(words.join(' '))
}

/** What a picture shows is no sentence of the text. */
function inlineText(children: readonly { type: string; content: string }[]): string {
  return children
    .map(({ type, content }) =>
      type === 'softbreak' || type === 'hardbreak' ? ' ' : type === 'image' ? '' : content,
    )
    .join('')
}
