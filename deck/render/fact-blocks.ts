import MarkdownIt, { type Token } from 'markdown-it'
import type { Fact } from '#contract/fact.ts'
import { lineHtml, type Highlight } from './highlight.ts'

const { escapeHtml } = new MarkdownIt().utils

/**
 * Puts each fact behind the block whose text it shows: folded, with the lines that ran and what they printed.
 * @param tokens of a part of the prose, changed in place
 * @param ends the facts, each with the inline token that its sentence ends in
 */
export function insertFacts(tokens: Token[], ends: ReadonlyMap<Fact, Token>, highlight: Highlight): void {
  const behind = new Map<number, Fact[]>()
  for (const [fact, end] of ends) {
    const inline = tokens.indexOf(end)
    const close = tokens.findIndex(
      (token, index) => index >= inline && token.level === 0 && token.nesting !== 1,
    )
    const last = close < 0 ? tokens.length - 1 : close
    behind.set(last, [...(behind.get(last) ?? []), fact])
  }
  for (const [index, facts] of [...behind].sort(([one], [other]) => other - one)) {
    const content = facts.map((fact) => factHtml(fact, highlight)).join('')
    tokens.splice(index + 1, 0, Object.assign(new MarkdownIt.Token('html_block', '', 0), { content }))
  }
}

/** One fact as a fold; its output is text, its code is highlighted. */
function factHtml({ id, sentence, code, environments, output }: Fact, highlight: Highlight): string {
  const lines = highlight(code, 'python').map(lineHtml).join('\n')
  const packages = environments.map((each) => each.join(' ')).join(', then ')
  const ranWith = packages === '' ? '' : `<p class="fact-packages">Ran with ${escapeHtml(packages)}</p>`
  return (
    `<details class="fact" id="fact-${id}"><summary>What ran, what came out: ` +
    `<span class="fact-sentence">${escapeHtml(sentence)}</span></summary>${ranWith}` +
    `<pre class="code" tabindex="0" role="group" aria-label="Code, python"><code>${lines}</code></pre>` +
    `<pre class="code fact-output" tabindex="0" role="group" aria-label="Output"><samp>${escapeHtml(output.trimEnd())}</samp></pre>` +
    `</details>\n`
  )
}
