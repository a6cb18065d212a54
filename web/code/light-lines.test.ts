import { expect, test } from 'vitest'
import { holds, lightLines } from './light-lines.ts'

const html =
  '<span class="line" data-line="1">a</span><span class="line" data-line="2" data-within="users.create_user.insert">b</span>'

function block(): HTMLElement {
  const element = document.createElement('pre')
  element.innerHTML = html
  return element
}

const litIn = (element: HTMLElement) =>
  [...element.querySelectorAll('.is-lit')].map(({ textContent }) => textContent)

test('the lines of a region inside are lit, or all lines of the region itself, or none', () => {
  const element = block()
  expect(lightLines(element, 'users.create_user', 'users.create_user.insert')).toBe(true)
  expect(litIn(element)).toEqual(['b'])
  lightLines(element, 'users.create_user', 'users.create_user')
  expect(litIn(element)).toEqual(['a', 'b'])
  expect(lightLines(element, 'users.create_user', 'users')).toBe(false)
  lightLines(element, 'users.create_user', null)
  expect(litIn(element)).toEqual([])
})

test('code tells whether it holds a region', () => {
  expect(holds(html, 'users.create_user', 'users.create_user')).toBe(true)
  expect(holds(html, 'users.create_user', 'users.create_user.insert')).toBe(true)
  expect(holds(html, 'users.create_user', 'users.create_user.ins')).toBe(false)
})
