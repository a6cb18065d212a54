import MarkdownIt, { type Token } from 'markdown-it'

/** A text token; the renderer escapes it. */
export function textToken(content: string): Token {
  return Object.assign(new MarkdownIt.Token('text', '', 0), { content })
}

/** A token that opens an element; the renderer escapes the values of its attributes. */
export function openToken(type: string, tag: string, attributes: Record<string, string> = {}): Token {
  return Object.assign(new MarkdownIt.Token(type, tag, 1), { attrs: Object.entries(attributes) })
}

/** The token that closes what `openToken` opened. */
export function closeToken(type: string, tag: string): Token {
  return new MarkdownIt.Token(type, tag, -1)
}
