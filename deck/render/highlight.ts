import MarkdownIt from 'markdown-it'
import {
  createCssVariablesTheme,
  createHighlighterCore,
  type HighlighterCore,
  type ThemedToken,
} from 'shiki/core'
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript'

const languages = {
  python: () => import('shiki/langs/python.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  http: () => import('shiki/langs/http.mjs'),
  bash: () => import('shiki/langs/bash.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
}

const aliases: Record<string, string> = {
  py: 'python',
  ts: 'typescript',
  js: 'typescript',
  sh: 'bash',
  shell: 'bash',
  console: 'bash',
}

/** What may stand after the three backticks of a block of code for it to be coloured. */
export const CODE_LANGUAGES = [...Object.keys(languages), ...Object.keys(aliases)]

let highlighter: Promise<HighlighterCore> | undefined

/** A piece of a line of code, and its colour where it has one of its own: `tok-<colour>` is its class. */
export interface Piece {
  text: string
  colour?: string
}

/** Colours code: its lines, without the line ends, each in pieces. */
export type Highlight = (code: string, language: string) => Piece[][]

/**
 * Colours code at build. Tokens get one of nine classes (`tok-keyword`, `tok-string` …) that `web/styles/code.css` knows: no
 * style attribute, which the Content-Security-Policy forbids. A language that isn't known stays plain.
 */
export async function loadHighlight(): Promise<Highlight> {
  highlighter ??= createHighlighterCore({
    themes: [createCssVariablesTheme({ name: 'viva', variablePrefix: '--', fontStyle: false })],
    langs: Object.values(languages),
    engine: createJavaScriptRegexEngine(),
  })
  const loaded = await highlighter
  return (code, language) => {
    const lang = aliases[language] ?? language
    if (!(lang in languages)) return code.split('\n').map((text) => [{ text }])
    const lines = loaded.codeToTokensBase(code, {
      lang,
      theme: 'viva',
      // A slow first line would otherwise be given up halfway and come out in one colour.
      tokenizeTimeLimit: 0,
    })
    return lines.map((line) => line.map(pieceOf))
  }
}

function pieceOf({ content, color }: ThemedToken): Piece {
  const colour = /--token-([a-z-]+)/.exec(color ?? '')?.[1]
  return colour === undefined || content.trim() === '' ? { text: content } : { text: content, colour }
}

/** Escapes text as markdown-it does, for content and attributes of HTML. */
export const { escapeHtml } = new MarkdownIt().utils

/** One line of code as HTML. */
export function lineHtml(line: readonly Piece[]): string {
  return line
    .map(({ text, colour }) =>
      colour === undefined ? escapeHtml(text) : `<span class="tok-${colour}">${escapeHtml(text)}</span>`,
    )
    .join('')
}

/** Code as a block that scrolls by itself and can be reached with the keyboard. */
export function codeBlockHtml(code: string, language: string, highlight: Highlight): string {
  const lines = highlight(code, language).map(lineHtml).join('\n')
  return `<pre class="code" tabindex="0" role="group" aria-label="Code, ${language}"><code>${lines}</code></pre>`
}
