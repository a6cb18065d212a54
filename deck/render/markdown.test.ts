import { expect, test } from 'vitest'
import { lineHtml, loadHighlight } from './highlight.ts'
import { createMarkdown } from './markdown.ts'

const highlight = await loadHighlight()
const markdown = createMarkdown(highlight)

test('code is coloured by classes, never by style attributes', () => {
  const html = markdown('```python\nraise HTTPException(404)\n```')
  expect(html).toContain('<span class="tok-keyword">raise</span>')
  expect(html).not.toContain('style=')
})

test('every token of TypeScript has its own colour from the first line on', () => {
  expect(lineHtml(highlight('const a: string = `b`', 'ts')[0] ?? [])).toContain(
    '<span class="tok-string-expression">`b`</span>',
  )
})

test('HTML in a lesson is shown, not run', () => {
  expect(markdown('<img src=x onerror=alert(1)>')).toBe('<p>&lt;img src=x onerror=alert(1)&gt;</p>\n')
  expect(markdown('```html\n<script>\n```')).toContain('&lt;script&gt;')
  expect(markdown('[x](javascript:alert(1))')).not.toContain('<a')
})

test('the empty corner of a table is no header', () => {
  const html = markdown('| | one |\n|-|-|\n| two | 3 |')
  expect(html).toContain('<td></td>')
  expect(html).toContain('<th>one</th>')
})

test('scrollable code and tables can be reached with the keyboard', () => {
  expect(markdown('```\nx\n```')).toContain('<pre class="code" tabindex="0" role="group" aria-label="Code">')
  expect(markdown('|a|\n|-|\n|b|')).toContain('<div class="table" tabindex="0"')
})
