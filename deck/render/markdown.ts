import MarkdownIt, { type Token } from 'markdown-it'
import { sizeInAddress } from '../pictures.ts'
import type { Highlight, Piece } from './highlight.ts'
import { closeToken, openToken, textToken } from './tokens.ts'

/**
 * Makes HTML of a part of a lesson's prose.
 * @param change may change the tokens in place before they are rendered
 */
export type RenderMarkdown = (markdown: string, change?: (tokens: Token[]) => void) => string

/**
 * Markdown as lessons use it. HTML in it is shown as text, since a deck may be someone else's; links to other hosts say nothing of
 * where they were followed from; what may be wider than the page scrolls by itself and can be reached with the keyboard.
 */
export function createMarkdown(highlight: Highlight): RenderMarkdown {
  const markdown = new MarkdownIt({ html: false })
  markdown.core.ruler.push('code_as_text', (state) => {
    state.tokens = state.tokens.flatMap((token) => withCodeAsText(token, highlight))
  })
  const rules = markdown.renderer.rules
  rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n'
  rules.table_close = () => '</table></div>\n'
  // A header cell without words names nothing: the corner of a table is an ordinary cell.
  rules.th_open = (tokens, index, options, _env, self) => {
    const [cell, words, end] = tokens.slice(index, index + 3)
    if (words?.content === '') for (const tag of [cell, end]) if (tag) tag.tag = 'td'
    return self.renderToken(tokens, index, options)
  }
  rules.link_open = (tokens, index, options, _env, self) => {
    const token = tokens[index]
    if (/^https?:/.test(String(token?.attrGet('href')))) token?.attrSet('rel', 'noreferrer')
    return self.renderToken(tokens, index, options)
  }
  const image = rules.image!
  rules.image = (tokens, index, options, env, self) => {
    const size = sizeInAddress(String(tokens[index]?.attrGet('src')))
    for (const [name, pixels] of Object.entries(size ?? {})) tokens[index]?.attrSet(name, pixels)
    return image(tokens, index, options, env, self)
  }
  return (source, change) => {
    const tokens = markdown.parse(source, {})
    change?.(tokens)
    return markdown.renderer.render(tokens, markdown.options, {})
  }
}

/** Code as tags around text tokens, so that a sentence can be marked in it as anywhere else. */
function withCodeAsText(token: Token, highlight: Highlight): Token[] {
  if (token.type === 'inline') {
    token.children = (token.children ?? []).flatMap((child) =>
      child.type === 'code_inline' ? inCode([textToken(child.content)]) : [child],
    )
  }
  if (token.type === 'fence') {
    const language = /^\S*/.exec(token.info)?.[0] ?? ''
    const lines = highlight(token.content.replace(/\n$/, ''), language).map((line) =>
      line.flatMap(pieceTokens),
    )
    const pieces = lines.flatMap((line, index) => (index === 0 ? line : [textToken('\n'), ...line]))
    return codeBlock(language === '' ? 'Code' : `Code, ${language}`, pieces)
  }
  if (token.type === 'code_block') return codeBlock('Code', [textToken(token.content)])
  return [token]
}

function codeBlock(label: string, code: readonly Token[]): Token[] {
  const attributes = { class: 'code', tabindex: '0', role: 'group', 'aria-label': label }
  const line = Object.assign(new MarkdownIt.Token('inline', '', 0), { children: inCode(code) })
  const close = Object.assign(closeToken('pre_close', 'pre'), { block: true })
  return [openToken('pre_open', 'pre', attributes), line, close]
}

function inCode(code: readonly Token[]): Token[] {
  return [openToken('code_open', 'code'), ...code, closeToken('code_close', 'code')]
}

function pieceTokens({ text, colour }: Piece): Token[] {
  if (colour === undefined) return [textToken(text)]
  return [
    openToken('colour_open', 'span', { class: `tok-${colour}` }),
    textToken(text),
    closeToken('colour_close', 'span'),
  ]
}
