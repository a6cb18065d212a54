import { expect, test } from 'vitest'
import { loadHighlight } from './highlight.ts'
import { createMarkdown } from './markdown.ts'
import { markSentences } from './marks.ts'
import type { Mark } from './notes.ts'

const markdown = createMarkdown(await loadHighlight())
const mark = (claim: string, sentence: string, step = 1): Mark => ({
  claim,
  sentence,
  step,
  stepId: `step-${step}`,
})

function rendered(source: string, marks: readonly Mark[]): { html: string; placed: Set<string> } {
  let placed = new Set<string>()
  const html = markdown(source, (tokens) => {
    const found = markSentences(tokens, marks).keys()
    placed = new Set([...found].map((mark) => ('claim' in mark ? mark.claim : mark.sentence)))
  })
  return { html, placed }
}

const unmarked = (html: string): string =>
  html.replace(/<a class="claim-ref".*?<\/a>/g, '').replace(/<span class="claim"[^>]*>(.*?)<\/span>/gs, '$1')

test('a sentence is found despite its markup, and its note comes after the full stop', () => {
  const { html, placed } = rendered('Used in `get_user()`.', [mark('a', 'Used in get_user()', 3)])
  expect(placed).toEqual(new Set(['a']))
  expect(html).toBe(
    '<p><span class="claim" data-claims="a">Used in </span><code><span class="claim" data-claims="a">get_user()</span></code>.' +
      '<a class="claim-ref" href="?step=step-3#playground" aria-label="Proved by step 3: Used in get_user()" data-step="3" ' +
      'data-claims="a">\u2060<span class="number">3</span></a></p>\n',
  )
})

test('removing the marks leaves the text exactly as it was', () => {
  const source = 'One & two,\nthree **four**.\n\n- five'
  const { html, placed } = rendered(source, [
    mark('a', 'two, three four'),
    mark('b', '& two', 2),
    mark('c', 'four. five', 2),
  ])
  expect(placed.size).toBe(3)
  expect(unmarked(html)).toBe(markdown(source))
})

test('overlapping sentences share their common words', () => {
  const { html } = rendered('a b c', [mark('x', 'a b'), mark('y', 'b c', 2)])
  expect(html).toContain('<span class="claim" data-claims="x y">b</span>')
})

test('claims of one step that end at the same place share a note', () => {
  const { html } = rendered('a b', [mark('x', 'a b'), mark('y', 'b')])
  expect(html.match(/claim-ref/g)).toHaveLength(1)
  expect(html).toContain('data-claims="x y">\u2060<span class="number">')
})

test('a note is never inside a link', () => {
  const { html } = rendered('[one two](/x) three', [mark('x', 'one')])
  expect(html).toMatch(/two<\/a><a class="claim-ref"/)
})

test('a sentence is found in a block of code, and its colours stay', () => {
  const source = '```python\nreturn user\n```'
  const { html } = rendered(source, [mark('x', 'return user')])
  expect(html).toContain('<span class="tok-keyword"><span class="claim" data-claims="x">return</span></span>')
  expect(html).toMatch(/<\/code><a class="claim-ref".*<\/a><\/pre>/)
  expect(unmarked(html)).toBe(markdown(source))
})

test('text that looks like a tag or an entity is text', () => {
  const source = 'Write <b> or &lt;b&gt; or `&amp;`, then `a < b`.'
  const { html, placed } = rendered(source, [mark('x', '<b> or <b> or &amp;'), mark('y', 'a < b')])
  expect(placed).toEqual(new Set(['x', 'y']))
  expect(unmarked(html)).toBe(markdown(source))
})

test("a sentence that isn't in the text is reported as not found", () => {
  expect(rendered('a', [mark('x', 'b')]).placed.size).toBe(0)
})

test('a fact has its link after the sentence, and dated words are struck through with what to say today', () => {
  const { html } = rendered('It is lazy. Use passlib here.', [
    { fact: 'lazy', sentence: 'It is lazy' },
    { sentence: 'passlib', today: 'pwdlib' },
  ])
  expect(html).toBe(
    '<p>It is lazy.<a class="fact-ref" href="#fact-lazy" aria-label="What ran: It is lazy">\u2060py</a> Use ' +
      '<s class="dated">passlib</s> <a class="correction" href="#today">today: pwdlib</a> here.</p>\n',
  )
})

test('what to say today is outside the code that is struck through', () => {
  const { html } = rendered('Use `passlib` with *`md5`*.', [
    { sentence: 'passlib', today: 'pwdlib' },
    { sentence: 'md5', today: 'Argon2' },
  ])
  expect(html).toBe(
    '<p>Use <code><s class="dated">passlib</s></code> <a class="correction" href="#today">today: pwdlib</a> ' +
      'with <em><code><s class="dated">md5</s></code></em> <a class="correction" href="#today">today: Argon2</a>.</p>\n',
  )
})

test('a sentence that nothing shows is followed by a link to the reason and not marked otherwise', () => {
  const { html } = rendered('It is fast.', [{ sentence: 'It is fast', notShown: 2 }])
  expect(html).toBe(
    '<p>It is fast. <a class="fact-ref not-shown" href="#not-shown-2" aria-label="Not shown here, and why: It is fast">' +
      'not shown here</a></p>\n',
  )
})
