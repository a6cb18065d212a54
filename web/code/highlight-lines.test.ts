import { expect, test } from 'vitest'
import { highlightLines } from './highlight-lines.ts'

const html =
  '<span class="line" data-line="1">a</span><span class="line" data-line="2" data-within="users.create_user.insert">b</span>'

function block(): HTMLElement {
  const element = document.createElement('pre')
  element.innerHTML = html
  return element
}

const litIn = (element: HTMLElement) =>
  [...element.querySelectorAll('.is-lit')].map(({ textContent }) => textContent)

test('the lines of an inner region are highlighted, or all lines of the region itself, or none', () => {
  const element = block()
  expect(highlightLines(element, 'users.create_user', 'users.create_user.insert')).toBe(true)
  expect(litIn(element)).toEqual(['b'])
  highlightLines(element, 'users.create_user', 'users.create_user')
  expect(litIn(element)).toEqual(['a', 'b'])
  expect(highlightLines(element, 'users.create_user', 'users')).toBe(false)
  highlightLines(element, 'users.create_user', null)
  expect(litIn(element)).toEqual([])
})
