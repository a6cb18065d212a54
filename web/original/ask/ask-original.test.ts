import { enableAutoUnmount, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Step } from '#contract/lesson.ts'
import type { LessonPage } from '#contract/page.ts'
import PlaygroundPanel from '../../playground/PlaygroundPanel.vue'
import { fakeServer, fakeToken } from '../../playground/testing/fake-server.ts'
import { useDeckStore } from '../../stores/deck.ts'
import { originalSource } from '../source.ts'
import { useProjectFiles } from '../files/project-files.ts'
import { fakeTab, type FakeTab } from '../testing/fake-tab.ts'
import { answeredBy } from './answered-by.ts'

const claim = { id: 'two', sentence: 'a list comes', shows: 'The list has two items.' }
const lesson = {
  slug: '16-async',
  name: 'async',
  title: 'Async',
  steps: [
    Step.parse({
      id: 'items',
      title: 'Get items',
      note: 'Two of them.',
      path: '/items',
      claims: [{ ...claim, expect: { status: 200, json: [{ path: '', length: 2 }] } }],
    }),
    Step.parse({ id: 'lost', title: 'Somewhere else', note: 'Nothing.', path: '/nothing' }),
  ],
}

let original: FakeTab

enableAutoUnmount(afterEach)
beforeEach(() => {
  localStorage.clear()
  setActivePinia(createPinia())
  Element.prototype.scrollIntoView = () => undefined
  answeredBy.value = 'twin'
  original = fakeTab()
  vi.spyOn(originalSource, 'open').mockImplementation(async () => original)
  vi.spyOn(originalSource, 'find').mockResolvedValue({ state: 'ready', address: '/py/1/', bytes: 8_300_000 })
  return () => vi.unstubAllGlobals()
})

async function open(name: 'lesson' | 'practice/tasks' = 'lesson', step = 1): Promise<VueWrapper> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name, component: { template: '<div />' } },
      { path: '/original', name: 'original', component: { template: '<div />' } },
    ],
  })
  await router.push('/')
  useDeckStore().lessons.set(lesson.name, lesson as unknown as LessonPage)
  return mount(PlaygroundPanel, {
    props: { lesson, step },
    attachTo: document.body,
    global: { plugins: [router] },
  })
}

const button = (panel: VueWrapper, name: RegExp) => {
  const found = panel.findAll('button').find((one) => name.test(one.attributes('aria-label') ?? one.text()))
  if (!found) throw new Error(`no button ${name}`)
  return found
}
const soon = (check: () => void) => expect.poll(() => (check(), 'passed')).toBe('passed')

/** Runs the step and asks both. */
async function askBoth(panel: VueWrapper): Promise<void> {
  await button(panel, /^Run step/).trigger('submit')
  await soon(() => button(panel, /^Both$/))
  await button(panel, /^Both$/).trigger('click')
  await soon(() => button(panel, /^Start FastAPI/))
  await button(panel, /^Start FastAPI \(8.3 MB\)$/).trigger('click')
  await soon(() => button(panel, /^Reset both/))
  await button(panel, /^Reset both/).trigger('click')
}

test('nothing of the original is asked for until it is wanted', async () => {
  fakeServer({ 'GET /items': () => [200, ['item1', 'item2']] })
  const panel = await open()
  await button(panel, /^Run step/).trigger('submit')
  await soon(() => button(panel, /^FastAPI in this tab$/))
  expect(originalSource.find).not.toHaveBeenCalled()
})

test('both begin with the same people, answer the same request, and their answers stand side by side', async () => {
  const { paths } = fakeServer({ 'GET /items': () => [200, ['item1', 'item2']] })
  const panel = await open()
  await askBoth(panel)
  await soon(() => expect(panel.text()).toContain('Both gave the same answer.'))
  expect(paths().slice(-2)).toEqual(['POST /api/sandbox/reset', 'GET /items'])
  expect(original.calls).toEqual(['boot', 'reset', 'GET /items'])
  for (const side of ['Koa twin', 'FastAPI in this tab'])
    expect(panel.get(`section[aria-label="${side}"]`).text()).toMatch(/200.*item1.*item2/s)
  const row = panel.findAll('.data-table tbody tr').at(-1)
  expect(row?.text()).toContain('The list has two items.')
  expect(row?.findAll('[data-state]').map((mark) => mark.attributes('data-state'))).toEqual(['held', 'held'])
})

test('a difference is named by its place, and the claim is judged on either', async () => {
  fakeServer({ 'GET /items': () => [200, ['item1', 'item2']] })
  useProjectFiles().setFile('routers/items.py', 'return ["item1"]')
  const panel = await open()
  await askBoth(panel)
  await soon(() => expect(panel.text()).toContain('1 difference.'))
  expect(panel.text()).toContain('With your changes in routers/items.py')
  expect(panel.get('[aria-label="Differences"] tbody').text()).toMatch(/body 1.*"item2".*nothing/s)
  const marks = panel.findAll('.data-table tbody tr').at(-1)?.findAll('[data-state]') ?? []
  expect(marks.map((mark) => mark.attributes('data-state'))).toEqual(['held', 'failed'])
})

test('from then on each request goes to both, and a reset resets both', async () => {
  fakeServer({
    'GET /items': () => [200, ['item1', 'item2']],
    'GET /nothing': () => [404, { detail: 'Not Found' }],
  })
  const panel = await open()
  await askBoth(panel)
  await soon(() => expect(panel.text()).toContain('Both gave the same answer.'))
  await panel.setProps({ step: 2 })
  await button(panel, /^Run step 2/).trigger('submit')
  await soon(() => expect(original.calls).toContain('GET /nothing'))
  await button(panel, /^Run all$/).trigger('click')
  await soon(() => expect(original.calls.slice(4)).toEqual(['reset', 'GET /items', 'GET /nothing']))
})

test('a token that the twin signed is not shown to the original, which would refuse it for its signature alone', async () => {
  fakeServer({ 'GET /items': () => [200, ['item1', 'item2']] })
  const panel = await open()
  await askBoth(panel)
  await soon(() => expect(panel.text()).toContain('Both gave the same answer.'))
  const { useMirror } = await import('./mirror.ts')
  const { usePlaygroundStore } = await import('../../playground/run/playground-store.ts')
  const store = usePlaygroundStore()
  const [last] = store.history
  if (!last) throw new Error('nothing was sent')
  const headers = [{ name: 'Authorization', value: `Bearer ${fakeToken(60)}` }]
  const sent = store.record({ ...last, from: null, draft: { ...last.draft, headers } })
  await soon(() => expect(useMirror().answers.get(sent.id)).toMatchObject({ kind: 'left-out' }))
  expect(original.calls.filter((call) => call === 'GET /items')).toHaveLength(1)
})

test('a task and an interview have data of their own: the choice is not offered there', async () => {
  fakeServer({ 'GET /items': () => [200, ['item1', 'item2']] })
  // As in the lesson before it.
  answeredBy.value = 'both'
  const panel = await open('practice/tasks')
  await button(panel, /^Run step/).trigger('submit')
  await soon(() => expect(panel.text()).toContain('1 of 1 claims confirmed'))
  await soon(() => expect(panel.find('.answer').text()).toMatch(/item1.*item2/s))
  expect(panel.findAll('button').some((one) => one.text() === 'Both')).toBe(false)
})
