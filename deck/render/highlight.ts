import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core'
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

let highlighter: Promise<HighlighterCore> | undefined

/** Colours one piece of code: its lines as HTML, without the line ends. */
export type Highlight = (code: string, language: string) => string[]

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
    if (!(lang in languages)) return code.split('\n').map(escapeHtml)
    const lines = loaded.codeToTokensBase(code, {
      lang,
      theme: 'viva',
      // A slow first line would otherwise be given up halfway and come out in one colour.
      tokenizeTimeLimit: 0,
    })
    return lines.map((line) => line.map(({ content, color }) => token(content, color)).join(''))
  }
}

function token(content: string, color: string | undefined): string {
  const name = /--token-([a-z-]+)/.exec(color ?? '')?.[1]
  const text = escapeHtml(content)
  return name === undefined || content.trim() === '' ? text : `<span class="tok-${name}">${text}</span>`
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
