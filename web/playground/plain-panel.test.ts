import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick, ref } from 'vue'
import { meaningOfHeader } from './answer/header-meaning.ts'
import { meaningOf } from '#contract/status-meaning.ts'
import HeaderTable from './answer/HeaderTable.vue'
import { PLAIN } from './plain.ts'
import PlaygroundPanel from './PlaygroundPanel.vue'
import { fakeServer } from './testing/fake-server.ts'

beforeEach(() => {
  setActivePinia(createPinia())
  // Browsers have it, jsdom doesn't.
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(() => vi.unstubAllGlobals())

const STATUSES = [200, 201, 204, 206, 307, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503, 507]
const HEADERS: [string, string][] = [
  ...['content-type', 'www-authenticate', 'allow', 'location', 'retry-after', 'x-process-time', 'x-order'],
  ...['server-timing', 'traceparent', 'access-control-allow-origin', 'x-frame-options', 'set-cookie'],
].map((name) => [name, `value of ${name}`])

function open(plain: boolean) {
  const mode = ref(plain)
  const panel = mount(PlaygroundPanel, {
    props: { lesson: null, step: 1 },
    global: { provide: { [PLAIN]: mode } },
    attachTo: document.body,
  })
  return { panel, mode }
}
const tabsOf = ({ panel }: ReturnType<typeof open>) => panel.findAll('[role="tab"]').map((tab) => tab.text())

async function send({ panel }: ReturnType<typeof open>): Promise<void> {
  await panel.get('form').trigger('submit')
  await expect.poll(() => panel.find('.status').exists()).toBe(true)
  await expect.poll(() => panel.text().includes('Response headers')).toBe(true)
  await flushPromises()
}

test.each(STATUSES)('a plain playground shows %i and doesn’t say what it means', async (status) => {
  fakeServer({ 'GET /items': () => [status, status === 204 ? undefined : { detail: 'here' }] })
  const opened = open(true)
  const { panel, mode } = opened
  await panel.get('[aria-label="Path"]').setValue('/items')
  await send(opened)
  const { name, explanation } = meaningOf(status)
  expect(panel.get('.status').text()).toBe(`${status} ${name}`)
  expect(panel.text()).not.toContain(explanation)
  expect(panel.text()).not.toContain('Send as Ada')
  expect(panel.text()).not.toMatch(/means|correct/)
  expect(tabsOf(opened)).toEqual(['Response', 'Store', 'History'])

  mode.value = false
  await nextTick()
  expect(panel.text()).toContain(explanation)
  expect(panel.text().includes('Send as Ada')).toBe(status === 401)
  expect(tabsOf(opened)).toEqual(['Response', 'Inside', 'Store', 'Token', 'History'])
  panel.unmount()
})

test('a tab that the next question doesn’t offer gives way to the response', async () => {
  fakeServer({ 'GET /items': () => [200, { detail: 'here' }] })
  const { panel, mode } = open(false)
  const inside = panel.findAll('[role="tab"]').find((tab) => tab.text() === 'Inside')
  await inside?.trigger('click')
  mode.value = true
  await nextTick()
  expect(panel.get('[aria-selected="true"]').text()).toBe('Response')
  panel.unmount()
})

test('a plain list of headers has their values alone, in the order they were sent', () => {
  const shown = (plain: boolean) =>
    mount(HeaderTable, {
      props: { headers: HEADERS, caption: 'Response headers' },
      global: { provide: { [PLAIN]: ref(plain) } },
    })
  const rows = shown(true).findAll('tr')
  expect(rows.map((row) => row.findAll('code').map((code) => code.text()))).toEqual(HEADERS)
  for (const [name] of HEADERS) {
    const meaning = meaningOfHeader(name) ?? ''
    expect(shown(true).text()).not.toContain(meaning)
    expect(shown(false).text()).toContain(meaning)
  }
})
