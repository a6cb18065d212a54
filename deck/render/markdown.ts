import MarkdownIt from 'markdown-it'
import { escapeHtml, type Highlight } from './highlight.ts'

/** Makes HTML of a part of a lesson's prose. */
export type RenderMarkdown = (markdown: string) => string

/**
 * Markdown as lessons use it. HTML in it is shown as text, since a deck may be someone else's; links to other hosts say nothing of
 * where they were followed from; what may be wider than the page scrolls by itself and can be reached with the keyboard.
 */
export function createMarkdown(highlight: Highlight): RenderMarkdown {
  const markdown = new MarkdownIt({ html: false })
  const rules = markdown.renderer.rules
  rules.fence = (tokens, index) => {
    const token = tokens[index]
    const language = /^\S*/.exec(token?.info ?? '')?.[0] ?? ''
    const lines = highlight((token?.content ?? '').replace(/\n$/, ''), language)
    const label = language === '' ? 'Code' : `Code, ${escapeHtml(language)}`
    return `<pre class="code" tabindex="0" role="group" aria-label="${label}"><code>${lines.join('\n')}</code></pre>\n`
  }
  rules.code_block = (tokens, index) =>
    `<pre class="code" tabindex="0" role="group" aria-label="Code"><code>${escapeHtml(tokens[index]?.content ?? '')}</code></pre>\n`
  rules.table_open = () => '<div class="table" tabindex="0" role="group" aria-label="Table"><table>\n'
  rules.table_close = () => '</table></div>\n'
  rules.link_open = (tokens, index, options, _env, self) => {
    const token = tokens[index]
    if (/^https?:/.test(String(token?.attrGet('href')))) token?.attrSet('rel', 'noreferrer')
    return self.renderToken(tokens, index, options)
  }
  return (source) => markdown.render(source)
}
