import fc from 'fast-check'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readJsonText, sourceOf, type JsonText } from '#contract/json-text.ts'
import { Step } from '#contract/lesson.ts'
import { fakeServer } from './testing/fake-server.ts'
import JsonNode from './answer/JsonNode.vue'
import PlaygroundPanel from './PlaygroundPanel.vue'

beforeEach(() => {
  setActivePinia(createPinia())
  // Browsers have it, jsdom doesn't.
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(() => vi.unstubAllGlobals())

const claim = { id: 'items', sentence: 'a list comes', shows: 'The list has two items.' }
const lesson = {
  slug: '16-async',
  title: 'Async',
  steps: [
    Step.parse({
      id: 'one',
      title: 'Get `items`',
      note: 'Two of them.',
      path: '/items',
      claims: [{ ...claim, expect: { status: 200 } }],
    }),
    Step.parse({
      id: 'two',
      title: 'Somewhere else',
      note: 'Nothing.',
      path: '/nothing',
      claims: [{ ...claim, id: 'b', expect: { status: 200 } }],
    }),
  ],
}

const tree = (value: unknown) => readJsonText(JSON.stringify(value)) as JsonText

function open(step = 1): VueWrapper {
  const panel = mount(PlaygroundPanel, { props: { lesson, step }, attachTo: document.body })
  return panel
}
const button = (panel: VueWrapper, name: string) => {
  const found = panel
    .findAll('button')
    .find((one) => one.text() === name || one.attributes('aria-label') === name)
  if (!found) throw new Error(`no button ${name}`)
  return found
}
/** Waits until the check passes: what a run needs is loaded first. */
const soon = (check: () => void) =>
  expect
    .poll(() => {
      check()
      return 'passed'
    })
    .toBe('passed')

async function settled(panel: VueWrapper): Promise<void> {
  await soon(() => {
    if (panel.text().includes('Stop')) throw new Error('still busy')
  })
  await flushPromises()
}

test('before anything is sent, a step shows its request and its claims', () => {
  const panel = open()
  expect(panel.get<HTMLInputElement>('[aria-label="Path"]').element.value).toBe('/items')
  expect(panel.text()).toContain('What this step proves')
  expect(panel.text()).toContain('The list has two items.')
  expect(panel.get('[aria-current="step"]').text()).toContain('Get items')
})

test('a run turns the claim green, announces it and reports the confirmed claim', async () => {
  fakeServer({ 'GET /items': () => [200, ['item1', 'item2']] })
  const panel = open()
  await button(panel, 'Run step 1').trigger('submit')
  await settled(panel)
  await soon(() => expect(panel.get('[role="status"]').text()).toBe('200 OK, 1 of 1 claims confirmed'))
  expect(panel.emitted('claim-held')).toEqual([['items']])
  expect(panel.text()).toContain('1 of 1 claims confirmed')
})

test('a claim that fails opens with what was expected and what it got', async () => {
  fakeServer({ 'GET /nothing': () => [404, { detail: 'Not Found' }] })
  const panel = open(2)
  await button(panel, 'Run step 2').trigger('submit')
  await settled(panel)
  await soon(() => expect(panel.find('[aria-label="What was checked"]').text()).toMatch(/status.*200.*404/))
  expect(panel.emitted('claim-held')).toBeUndefined()
})

test('an edited request is marked, is sent as edited with Ctrl+Enter, and goes back to the original', async () => {
  const { paths } = fakeServer({ 'GET /items?x=1': () => [200, []] })
  const panel = open()
  const path = panel.get<HTMLInputElement>('[aria-label="Path"]')
  await path.setValue('/items?x=1')
  expect(panel.text()).toContain('Edited')
  await path.trigger('keydown', { key: 'Enter', ctrlKey: true })
  await settled(panel)
  expect(paths()).toContain('GET /items?x=1')
  expect(panel.text()).toContain('the claims are about the original')
  // It was sent, so it is one line now.
  await button(panel, 'Edit the request').trigger('click')
  await button(panel, 'Reset to original').trigger('click')
  expect(panel.get<HTMLInputElement>('[aria-label="Path"]').element.value).toBe('/items')
  expect(panel.text()).not.toContain('Reset to original')
})

test('run all resets, runs every step and marks each', async () => {
  const { paths } = fakeServer({ 'GET /items': () => [200, []] })
  const panel = open()
  await button(panel, 'Run all').trigger('click')
  await settled(panel)
  await soon(() =>
    expect(panel.findAll('.steps [data-state]').map((mark) => mark.attributes('data-state'))).toEqual([
      'held',
      'failed',
    ]),
  )
  expect(panel.findAll('.steps button').map((step) => step.text())).toEqual([
    '1, Get items, 200✓, confirmed',
    '2, Somewhere else, 404✗, failed',
  ])
  expect(paths()).toEqual(['GET /api/sandbox', 'POST /api/sandbox/reset', 'GET /items', 'GET /nothing'])
})

test('a long list is rendered a page at a time', async () => {
  const node = mount(JsonNode, { props: { value: tree(Array.from({ length: 120 }, (_, at) => at)) } })
  expect(node.findAll('li')).toHaveLength(50)
  await node.get('.more').trigger('click')
  expect(node.findAll('li')).toHaveLength(100)
  await node.get('[aria-expanded]').trigger('click')
  expect(node.text()).toContain('[ 120 items ]')
  expect(node.findAll('li')).toHaveLength(0)
})

test('what a server sent is shown as text', () => {
  const node = mount(JsonNode, {
    props: { value: tree({ '<img src=x onerror=alert(1)>': '<b>x</b>' }) },
  })
  expect(node.find('img, b').exists()).toBe(false)
  expect(node.text()).toContain('<b>x</b>')
})

test('the tree shows digits, keys and escapes exactly as sent, in their order', async () => {
  const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,22})(\.\d{1,3})?(e[+-]?\d{1,2})?$/)
  const leaf = fc.oneof(digits, fc.json({ maxDepth: 0 }), fc.constantFrom('"\\u00e9"', '"\\/"', '{}', '[]'))
  const keys = fc.constantFrom('"1"', '"10"', '"2"', '"a"', '"\\u0061"', '""', '"<b>"')
  const pair = fc.tuple(keys, leaf).map(([key, value]) => `${key}:${value}`)
  const list = fc.array(leaf, { minLength: 1, maxLength: 4 }).map((items) => `[${items.join(',')}]`)
  const object = fc.array(
    fc.oneof(
      pair,
      fc.tuple(keys, list).map(([key, value]) => `${key}:${value}`),
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  await fc.assert(
    fc.asyncProperty(object, async (pairs) => {
      const source = `{${pairs.join(',')}}`
      const node = mount(JsonNode, { props: { value: readJsonText(source) as JsonText } })
      await flushPromises()
      const written = node
        .findAll('.toggle, .leaf, .end')
        .map((line) => line.text().replace(/^[▾▸]/, ''))
        .join(' ')
      const wanted = sourceOf(readJsonText(source) as JsonText)
      const bare = (text: string) => text.replaceAll(/object|list|[\s,"]/g, '')
      // Places in a list are shown with their number, which the text has not.
      const numbered = node.findAll('.index').length > 0
      if (!numbered) expect(bare(written)).toBe(bare(wanted))
      for (const value of node.findAll('.number, .string, .literal')) expect(wanted).toContain(value.text())
      node.unmount()
    }),
    { numRuns: 150 },
  )
})
