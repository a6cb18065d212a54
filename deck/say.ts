import type { Say } from '#contract/lesson.ts'
import { splitAtHeadings, type Section } from './prose.ts'

/** The heading of the answer to say, the first section where a lesson has one. */
export const SAY = 'Say it like this'
const MORE = 'If they ask for more'

/** As many words as one says in 30 to 45 seconds. */
const MIN_WORDS = 60
const MAX_WORDS = 80

/**
 * Reads the answer to say: one sentence a line, each with what shows it in braces, and below `### If they ask for more` two lines.
 * @returns the answer, or why it can't be one, with the line of the section that the fault is in
 */
export function readSay(section: Section): { say: Say } | { cause: string } {
  const [more, ...others] = splitAtHeadings(section.markdown, 3, 0)
  if (more?.heading !== MORE || others.length > 0) {
    return { cause: `needs "### ${MORE}" at its end, and no other heading; under it are two lines with "- "` }
  }
  const lines = section.markdown
    .split(/^### /m)[0]!
    .split('\n')
    .filter((line) => line.trim() !== '')
  const sentences = []
  for (const line of lines) {
    const match = /^(.+?)\s*\{([^}]+)\}$/.exec(line.trim())
    if (match === null) {
      return {
        cause: `"${line}" needs the claims or facts that show it at its end, such as {engine-is-lazy}`,
      }
    }
    const [, text = '', ids = ''] = match
    sentences.push({ text, shownBy: ids.split(',').map((id) => id.trim()) })
  }
  const words = sentences.flatMap(({ text }) => text.split(/\s+/)).length
  if (words < MIN_WORDS || words > MAX_WORDS) {
    return { cause: `has ${words} words; ${MIN_WORDS} to ${MAX_WORDS} are said in 30 to 45 seconds` }
  }
  const extra = more.markdown.split('\n').flatMap((line) => /^- (.+)$/.exec(line)?.[1] ?? [])
  if (extra.length !== 2) return { cause: `needs two lines under "### ${MORE}", each beginning with "- "` }
  return { say: { sentences, more: extra } }
}
