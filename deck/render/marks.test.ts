import { expect, test } from 'vitest'
import { markSentences } from './marks.ts'

const mark = (claim: string, sentence: string, step = 1) => ({ claim, sentence, step })

test('a sentence is found through its markup, and its note stands after the full stop', () => {
  const { html, placed } = markSentences('<p>Used in <code>get_user()</code>.</p>', [
    mark('a', 'Used in get_user()', 3),
  ])
  expect(placed).toEqual(new Set(['a']))
  expect(html).toBe(
    '<p><span class="claim" data-claims="a">Used in </span><code><span class="claim" data-claims="a">get_user()</span></code>.' +
      '<a class="claim-ref" href="?step=3#playground" aria-label="Proved by step 3: Used in get_user()" data-step="3" ' +
      'data-claims="a">\u2060<span class="number">3</span></a></p>',
  )
})

test('taking the marks away leaves the text as it was, word for word', () => {
  const source = '<p>One &amp; two,\nthree <b>four</b>.</p><ul><li>five</li></ul>'
  const { html } = markSentences(source, [
    mark('a', 'two, three four'),
    mark('b', '& two', 2),
    mark('c', 'four. five', 2),
  ])
  expect(html.replace(/<a class="claim-ref".*?<\/a>/g, '').replace(/<\/?span[^>]*>/g, '')).toBe(source)
})

test('sentences that overlap share the words that both have', () => {
  const { html } = markSentences('<p>a b c</p>', [mark('x', 'a b'), mark('y', 'b c', 2)])
  expect(html).toContain('<span class="claim" data-claims="x y">b</span>')
})

test('claims of one step that end together share a note', () => {
  const { html } = markSentences('<p>a b</p>', [mark('x', 'a b'), mark('y', 'b')])
  expect(html.match(/claim-ref/g)).toHaveLength(1)
  expect(html).toContain('data-claims="x y">\u2060<span class="number">')
})

test('a note never stands inside a link', () => {
  const { html } = markSentences('<p><a href="/x">one two</a> three</p>', [mark('x', 'one')])
  expect(html).toMatch(/two<\/a><a class="claim-ref"/)
})

test('a sentence that is not there is told', () => {
  expect(markSentences('<p>a</p>', [mark('x', 'b')]).placed.size).toBe(0)
})
