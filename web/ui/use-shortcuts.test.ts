import { mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineComponent, h, nextTick, ref } from 'vue'
import { providePageKeys, usePageKeys } from './page-keys.ts'
import { useShortcuts } from './use-shortcuts.ts'

/** Milliseconds on the clock of events. */
let now = 0
let ran: string[] = []
let page: ReturnType<typeof mount>

beforeEach(() => {
  now = 1000
  ran = []
  document.body.innerHTML = '<h1 tabindex="-1">Page</h1><button>Go</button>'
  const act = (name: string) => [name, () => void ran.push(name)]
  const shortcuts = Object.fromEntries(['t', '?', ' ', 'g h', 'mod+k', 'ArrowRight'].map(act)) as Record<
    string,
    () => void
  >
  page = mount(defineComponent(() => (useShortcuts(shortcuts, () => true), () => null)))
})
afterEach(() => {
  page.unmount()
  vi.unstubAllGlobals()
})

function press(key: string, target: Element = document.body, more: KeyboardEventInit = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...more,
  })
  Object.defineProperty(event, 'timeStamp', { value: (now += 50) })
  target.dispatchEvent(event)
  return event
}

function add(html: string): HTMLElement {
  document.body.insertAdjacentHTML('beforeend', html)
  return document.body.lastElementChild as HTMLElement
}

test('keys act on the page, alone and in pairs', () => {
  press('t')
  press('g')
  press('h')
  press('?', document.body, { shiftKey: true })
  expect(ran).toEqual(['t', 'g h', '?'])
})

test.each([
  '<input>',
  '<input type="number">',
  '<input type="radio">',
  '<input readonly>',
  '<textarea></textarea>',
  '<select><option>t</option></select>',
  '<div contenteditable></div>',
  '<div contenteditable="plaintext-only"></div>',
  '<div role="textbox" tabindex="0"></div>',
  '<div role="searchbox" tabindex="0"></div>',
  '<div role="combobox" tabindex="0"></div>',
  '<x-editor></x-editor>',
])('no key acts from %s', (html) => {
  const field = add(html)
  for (const key of 'tgh? ') press(key, field)
  expect(ran).toEqual([])
})

test('no shortcut acts inside an editor of any kind', () => {
  const inner = add('<div contenteditable><b>x</b></div>').firstElementChild as HTMLElement
  press('t', inner)
  for (const mode of ['open', 'closed'] as const) {
    const root = add('<div></div>').attachShadow({ mode })
    root.innerHTML = '<section><textarea></textarea></section>'
    const field = root.querySelector('textarea') as HTMLElement
    field.focus()
    press('t', field)
  }
  expect(ran).toEqual([])
})

test('shortcuts act on elements that only have a shadow root or look like a field', () => {
  const root = add('<div></div>').attachShadow({ mode: 'open' })
  root.innerHTML = '<button>x</button>'
  press('t', root.querySelector('button') as Element)
  press('t', add('<input type="checkbox">'))
  press('t', add('<input type="radio" aria-keyshortcuts="a">'))
  press('t', add('<div contenteditable="false" tabindex="0"></div>'))
  expect(ran).toEqual(['t', 't', 't', 't'])
})

test('keys of an input method never act, including the one that ends it in Safari', () => {
  press('t', document.body, { isComposing: true })
  press('t', document.body, { keyCode: 229 })
  press('k', document.body, { ctrlKey: true, isComposing: true })
  expect(ran).toEqual([])
})

test.each([
  ['is removed', (field: HTMLElement) => field.remove()],
  ['is disabled', (field: HTMLElement) => field.setAttribute('disabled', '')],
  ['loses focus to a script', () => document.querySelector('h1')?.focus()],
])('the field %s while someone types: what is typed on does nothing', (_how, vanish) => {
  const field = add('<textarea></textarea>')
  press('a', field)
  vanish(field)
  // However long the person looked up before typing on.
  now += 60_000
  const target = document.activeElement ?? document.body
  for (const key of 'tgh? t') press(key, target)
  expect(ran).toEqual([])
  now += 3000
  press('t', target)
  expect(ran).toEqual(['t'])
})

test.each([
  ['a click', () => document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))],
  ['going back in the history', () => dispatchEvent(new Event('popstate'))],
  ['Tab', (field: HTMLElement) => press('Tab', field)],
  ['Escape', (field: HTMLElement) => press('Escape', field)],
  ['Enter in a field of one line', (field: HTMLElement) => press('Enter', field)],
  ['Escape after it vanished', (field: HTMLElement) => (field.remove(), press('Escape'))],
])('after %s the next key counts at once', (_how, leave) => {
  const field = add('<input>')
  press('a', field)
  leave(field)
  press('t')
  expect(ran).toEqual(['t'])
})

test('Enter that inserts a line, or ends a composition, does not leave the field', () => {
  const area = add('<textarea></textarea>')
  press('Enter', area)
  press('t')
  const field = add('<input>')
  press('Enter', field, { keyCode: 229 })
  press('t')
  expect(ran).toEqual([])
})

test('a key held down acts once, and with Shift, Alt or AltGr it is a different key', () => {
  press('t', document.body, { repeat: true })
  press('T', document.body, { shiftKey: true })
  press('t', document.body, { altKey: true })
  press('t', document.body, { modifierAltGraph: true })
  press('ArrowRight', document.body, { shiftKey: true })
  press('k', document.body, { ctrlKey: true, shiftKey: true })
  press('k', document.body, { ctrlKey: true, repeat: true })
  expect(ran).toEqual([])
  press('T')
  expect(ran).toEqual(['t'])
})

test('Space and arrows belong to what has focus', () => {
  const button = document.querySelector('button') as HTMLElement
  expect(press(' ', button).defaultPrevented).toBe(false)
  press('ArrowRight', button)
  expect(ran).toEqual([])
  press(' ', document.querySelector('h1') as Element)
  press('ArrowRight')
  expect(ran).toEqual([' ', 'ArrowRight'])
})

test('on a Mac it is ⌘K, and Ctrl+K stays the end of the line', () => {
  vi.stubGlobal('navigator', { platform: 'MacIntel' })
  press('k', add('<input>'), { ctrlKey: true })
  expect(ran).toEqual([])
  press('k', add('<input>'), { metaKey: true })
  expect(ran).toEqual(['mod+k'])
})

test('an event without a key, as autofill sends it, is ignored', () => {
  const event = new Event('keydown', { bubbles: true })
  expect(() => add('<input>').dispatchEvent(event)).not.toThrow()
  expect(ran).toEqual([])
})

test('any key in between breaks a pair', () => {
  press('g')
  press('x', add('<input>'))
  press('Escape', document.body)
  press('h')
  expect(ran).toEqual([])
})

test('a page adds keys of its own, which end with the page, and pairs keep their meaning', () => {
  page.unmount()
  const shown = ref(true)
  const Page = defineComponent(
    () => (usePageKeys({ p: () => void ran.push('p'), n: () => void ran.push('n') }), () => null),
  )
  const shortcuts = { t: () => void ran.push('t'), 'g p': () => void ran.push('g p') }
  page = mount(
    defineComponent(
      () => (useShortcuts(providePageKeys(shortcuts), () => true), () => (shown.value ? h(Page) : null)),
    ),
  )
  for (const key of ['p', 'n', 'g', 'p', 't']) press(key)
  expect(ran).toEqual(['p', 'n', 'g p', 't'])
  shown.value = false
  return nextTick(() => {
    press('p')
    press('t')
    expect(ran).toEqual(['p', 'n', 'g p', 't', 't'])
  })
})
