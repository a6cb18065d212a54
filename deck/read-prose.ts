import MarkdownIt, { type Token } from 'markdown-it'
import { lessonName } from '#contract/addresses.ts'
import type { Fault } from './fault.ts'
import { readPicture, type Picture } from './pictures.ts'

const markdown = new MarkdownIt({ html: true })

interface Prose {
  file: string
  /** The whole file. */
  prose: string
  /** Where the text begins, behind the front matter. */
  start: number
}

/** A link or a picture as an author wrote it, or a part of the text, with its line in the file. */
interface Piece {
  token: Token
  line: number
}

/**
 * Gives pictures and links to other lessons the addresses that they have on the page: `codes.png` and `../02-idempotence/lesson.md` work
 * on a page as they do in an editor.
 * @param folder the lesson's
 * @param faults pictures that can't be shown, headings as large as the page's, and warnings are added here
 * @returns the whole file with other addresses in it, on the same lines
 */
export async function readProse(
  folder: string,
  { file, prose, start }: Prose,
  faults: Fault[],
): Promise<{ prose: string; pictures: Picture[] }> {
  const offset = prose.slice(0, start).split('\n').length - 1
  const tokens = markdown.parse(prose.slice(start), {})
  let last = 0
  const pieces = tokens.flatMap((token) => {
    // The cells of a table have no lines of their own.
    last = token.map?.[0] ?? last
    return piecesOf(token, offset + last + 1)
  })
  const lines = prose.split('\n')
  const pictures: Picture[] = []
  const report = (line: number, cause: string, isWarning?: true): void => {
    faults.push({ file, line, cause, ...(isWarning && { isWarning }) })
  }
  const replace = (from: string, to: string): void => {
    lines.forEach((text, index) => {
      if (index >= offset) lines[index] = withAddress(text, from, to)
    })
  }
  for (const { token, line } of pieces) {
    if (token.type === 'image') {
      const source = String(token.attrGet('src'))
      if (token.content.trim() === '') {
        report(
          line,
          `say what the picture "${source}" shows, for those who don't see it: ![what it shows](${source})`,
        )
      }
      if (source.startsWith('data:')) continue
      if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(source)) {
        report(
          line,
          `"${source}" is on another host, and pages load nothing from there; put the picture beside lesson.md`,
        )
        continue
      }
      const picture = await readPicture(folder, source)
      if ('cause' in picture) report(line, picture.cause)
      else {
        pictures.push(picture)
        replace(source, picture.address)
      }
    } else if (token.type === 'link_open') {
      const href = String(token.attrGet('href'))
      const address = lessonAddress(href)
      if (address !== null) replace(href, address)
    }
  }
  for (const token of tokens) {
    if (token.type === 'heading_open' && token.tag === 'h1')
      report(
        offset + token.map![0] + 1,
        'a heading with one # is as large as the page’s own; use ### or bold words',
      )
  }
  for (const warning of warningsIn(pieces, lines, offset)) report(warning.line, warning.cause, true)
  return { prose: lines.join('\n'), pictures }
}

/** @param first the token's first line */
function piecesOf(token: Token, first: number): Piece[] {
  if (token.type === 'html_block') return [{ token, line: first }]
  if (token.type !== 'inline') return []
  let line = first
  return (token.children ?? []).map((child) => {
    const piece = { token: child, line }
    if (child.type === 'softbreak' || child.type === 'hardbreak') line += 1
    return piece
  })
}

/** `../02-idempotence/lesson.md#today` is `/lessons/idempotence#today` on a page, and so is `/lessons/02-idempotence#today`; null for other links. */
function lessonAddress(href: string): string | null {
  const [, name, hash = ''] = /^(?:\.\.|\/lessons)\/([\w-]+)\/?(?:lesson\.md)?([?#].*)?$/.exec(href) ?? []
  return name === undefined ? null : `/lessons/${lessonName(name)}${hash}`
}

/** A line with another address in its links: `](from)`, `](<from>)`, `](from "title")` and `[name]: from`. */
function withAddress(line: string, from: string, to: string): string {
  const written = [from, decodedAddress(from)].flatMap((text) => [text, `<${text}>`])
  return written.reduce((text, source) => {
    const definition = /^\s{0,3}\[[^\]]+\]:\s*/.exec(text)?.[0]
    if (definition !== undefined && text.slice(definition.length).startsWith(source)) {
      return definition + to + text.slice(definition.length + source.length)
    }
    return text.replaceAll(`](${source})`, () => `](${to})`).replaceAll(`](${source} `, () => `](${to} `)
  }, line)
}

/** An address in the letters that an author wrote, as far as it is one: `Gr%C3%B6%C3%9Fe.png` as `Größe.png`, and `100 %` as it is. */
export function decodedAddress(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}

function warningsIn(
  pieces: readonly Piece[],
  lines: readonly string[],
  offset: number,
): { line: number; cause: string }[] {
  const html = pieces.find(({ token: { type } }) => type === 'html_block' || type === 'html_inline')
  // The original answer keeps the quotes that it was given.
  const answerEnd = lines.findIndex((text, index) => index >= offset && /^## Why it matters/.test(text))
  const straight = pieces.filter(
    ({ token, line }) => token.type === 'text' && line > answerEnd && /["']/.test(token.content),
  )
  return [
    ...(html === undefined
      ? []
      : [
          {
            line: html.line,
            cause: 'HTML is shown as it is written; use Markdown, or put it between backticks',
          },
        ]),
    ...(straight[0] === undefined
      ? []
      : [
          {
            line: straight[0].line,
            cause: `straight quotes or apostrophes on ${straight.length} ${straight.length === 1 ? 'line' : 'lines'}: prose has curly ones, “ ” and ’`,
          },
        ]),
  ]
}
