import MarkdownIt, { type Token } from 'markdown-it'
import type { Fact } from '#contract/fact.ts'
import type { NotShown } from '#contract/lesson.ts'
import { factAddress, factObstacle, OBSTACLE_REASONS } from '#contract/original-tab/facts.ts'
import { codeBlockHtml, escapeHtml, type Highlight } from './highlight.ts'

/** Evidence for a sentence, or the reason why there is none, to unfold below the block with the sentence. */
export interface Fold {
  /** The inline token that the sentence ends in. */
  end: Token
  html: string
}

/**
 * Puts each fold behind the block whose text it is about.
 * @param tokens of a part of the prose, changed in place
 */
export function insertFolds(tokens: Token[], folds: readonly Fold[]): void {
  const after = new Map<number, string>()
  for (const { end, html } of folds) {
    const inline = tokens.indexOf(end)
    const close = tokens.findIndex(
      (token, index) => index >= inline && token.level === 0 && token.nesting !== 1,
    )
    const last = close < 0 ? tokens.length - 1 : close
    after.set(last, (after.get(last) ?? '') + html)
  }
  for (const [index, content] of [...after].sort(([one], [other]) => other - one)) {
    tokens.splice(index + 1, 0, Object.assign(new MarkdownIt.Token('html_block', '', 0), { content }))
  }
}

/**
 * A fact as a fold: the lines that ran, highlighted, what they printed, and where to run them again.
 * @param lesson its name
 */
export function factHtml(fact: Fact, lesson: string, highlight: Highlight): string {
  const { id, sentence, code, environments, measured, output } = fact
  const packages = environments.map((each) => each.join(' ')).join(', then ')
  const ranWith = packages === '' ? '' : `<p class="fact-note" lang="en">Ran with ${escapeHtml(packages)}</p>`
  return (
    `<details class="fact" id="fact-${id}"><summary><span lang="en">${measured ? 'Measured once, what ran, what came out' : 'What ran, what came out'}:</span> ` +
    `<span class="fact-sentence">${escapeHtml(sentence)}</span></summary>${ranWith}` +
    codeBlockHtml(code, 'python', highlight) +
    `<pre class="code fact-output" tabindex="0" role="group" aria-label="Output"><samp>${escapeHtml(output.trimEnd())}</samp></pre>` +
    `<p class="fact-note no-print" lang="en">${runHtml(fact, lesson)}</p></details>\n`
  )
}

function runHtml(fact: Fact, lesson: string): string {
  const obstacle = factObstacle(fact)
  if (obstacle) return `Not to be run in a tab. ${OBSTACLE_REASONS[obstacle]}`
  return `<a href="${escapeHtml(factAddress(lesson, fact.id))}">Run it in this tab</a>`
}

/**
 * The reason for a sentence that nothing here shows, as a fold.
 * @param number of the sentence among those of the lesson, from 1
 */
export function notShownHtml({ sentence, because }: NotShown, number: number): string {
  return (
    `<details class="fact" id="not-shown-${number}"><summary><span lang="en">Not shown here:</span> ` +
    `<span class="fact-sentence">${escapeHtml(sentence)}</span></summary>` +
    `<p>${escapeHtml(because)}</p></details>\n`
  )
}
