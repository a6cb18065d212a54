import { enableAutoUnmount, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Fact } from '#contract/fact.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { originalSource } from '../source.ts'
import { fakeTab, type FakeTab } from '../testing/fake-tab.ts'
import FactPages from './FactPages.vue'

vi.mock('virtual:fact-groups', () => ({
  factGroups: [
    {
      name: 'sqlalchemy',
      number: 3,
      title: 'SQLAlchemy',
      facts: [
        { id: 'engine-is-lazy', sentence: 'An engine connects late.' },
        { id: 'many-threads', sentence: 'A session is for one thread.', obstacle: 'threads' },
      ],
    },
    { name: 'jwt', number: 8, title: 'JWT', facts: [{ id: 'alg-none', sentence: 'It refuses none.' }] },
  ],
}))

const fact = (id: string, sentence: string, code: string, output: string): Fact => ({
  ...{ id, sentence, code, output, environments: [], measured: false },
})
const FACTS: Record<string, Fact[]> = {
  sqlalchemy: [
    fact('engine-is-lazy', 'An engine connects late.', 'print("one")\nprint("two")', 'one\ntwo\n'),
    { ...fact('many-threads', 'A session is for one thread.', 'print("no")', 'no\n'), measured: true },
  ],
  jwt: [fact('alg-none', 'It refuses none.', 'print("refused")', 'refused\n')],
}

let original: FakeTab
let bundle: Awaited<ReturnType<typeof originalSource.find>>
let router: Router
let online: boolean

enableAutoUnmount(afterEach)
beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  setActivePinia(createPinia())
  original = fakeTab()
  online = true
  bundle = { state: 'ready', address: '/py/1/', bytes: 8_300_000 }
  vi.spyOn(originalSource, 'open').mockImplementation(async () => original)
  vi.spyOn(originalSource, 'find').mockImplementation(async () => bundle)
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (address) => {
    const name = /^\/facts\/(.+)\.json/.exec(String(address))?.[1] ?? ''
    return online ? Response.json(FACTS[name]) : new Response('', { status: 503 })
  })
})
afterEach(() => vi.restoreAllMocks())

/** Stands in for CodeMirror: what is typed replaces the script. */
const FileEditor = {
  props: ['path', 'text', 'marks', 'readOnly'],
  emits: ['change', 'run'],
  template: `<textarea :value="text" :readonly="readOnly" :data-marks="marks.map(({ line }) => line).join()"
    @input="$emit('change', path, $event.target.value)" @keydown.ctrl.enter="$emit('run')" />`,
  methods: { goTo: () => undefined },
}

async function open(address: string): Promise<VueWrapper> {
  const lesson = { path: '/lessons/:name', component: { template: '<div />' } }
  const page = { path: '/original/:page(facts?)?', component: FactPages }
  router = createRouter({ history: createMemoryHistory(), routes: [page, lesson] })
  await router.push(address)
  return mount(FactPages, {
    attachTo: document.body,
    global: { plugins: [router], stubs: { FileEditor } },
  })
}

const LAZY = '/original/fact?lesson=sqlalchemy&id=engine-is-lazy'
const soon = (check: () => void) => expect.poll(() => (check(), 'passed')).toBe('passed')
const button = (page: VueWrapper, name: RegExp) => {
  const found = page.findAll('button').find((one) => name.test(one.text()))
  if (!found) throw new Error(`no button ${name}`)
  return found
}
const lines = (page: VueWrapper, title: string) =>
  page
    .find(`ol[aria-label="${title}"]`)
    .findAll('li')
    .map((line) => line.text())
const script = (page: VueWrapper) => page.get('textarea')
const edit = (page: VueWrapper, code: string) => script(page).setValue(code)

async function start(page: VueWrapper): Promise<void> {
  await soon(() => expect(page.text()).toContain('Start FastAPI (8.3 MB)'))
  await button(page, /^Start FastAPI/).trigger('click')
}

test('a fact is shown with its recorded output, and nothing is started before it is asked for; then it runs', async () => {
  const page = await open(LAZY)
  await soon(() => expect(lines(page, 'What was recorded')).toEqual(['one', 'two']))
  expect(script(page).element.value).toBe('print("one")\nprint("two")')
  expect(page.get('.sentence').text()).toContain('An engine connects late.')
  expect(original.calls).toEqual([])
  await start(page)
  await soon(() => expect(page.text()).toContain('It prints what was recorded, line for line.'))
  expect(original.calls).toEqual(['boot', 'fact'])
})

test('a changed script marks the lines that differ, is kept by the browser, and is reset', async () => {
  const page = await open(LAZY)
  await start(page)
  await soon(() => expect(lines(page, 'What it prints now')).toEqual(['one', 'two']))
  await edit(page, 'print("one")\nprint("three")')
  expect(page.text()).toContain('You have edited the script since')
  expect(page.text()).not.toContain('It prints what was recorded')
  await script(page).trigger('keydown', { key: 'Enter', ctrlKey: true })
  await soon(() => expect(lines(page, 'What it prints now')).toEqual(['one', 'only now: three']))
  expect(lines(page, 'What was recorded')).toEqual(['one', 'only in the recording: two'])
  expect(page.text()).toContain('With your changes it prints something else')
  page.unmount()
  const again = await open(LAZY)
  await soon(() => expect(script(again).element.value).toBe('print("one")\nprint("three")'))
  await button(again, /^What I changed/).trigger('click')
  expect(again.get('[aria-label="What changed in fact.py"]').text()).toContain('print("three")')
  await button(again, /^Reset/).trigger('click')
  expect(script(again).element.value).toBe('print("one")\nprint("two")')
  expect(localStorage).toHaveLength(0)
})

test('an unchanged script that prints something else says which versions differ', async () => {
  original.runFact = async () => ({ output: 'one\nTWO\n', error: null })
  const page = await open(LAZY)
  await start(page)
  await soon(() => expect(lines(page, 'What it prints now')).toEqual(['one', 'only now: TWO']))
  expect(page.text()).toMatch(
    /prints something else here.*recorded with Python 3\.11\.\d+; this tab has Python 3\.14\.2\./s,
  )
})

test('an exception is shown on its line, with Python’s traceback and what was printed before it', async () => {
  const page = await open(LAZY)
  await start(page)
  await soon(() => expect(page.text()).toContain('line for line'))
  await edit(page, 'print("one")\nraise ValueError("why")')
  await button(page, /^Run again/).trigger('click')
  await soon(() => expect(page.text()).toContain('It ended with ValueError.'))
  expect(script(page).attributes('data-marks')).toBe('2')
  expect(page.get('[aria-label="Traceback"]').text()).toContain('File "fact.py", line 2')
  expect(lines(page, 'What it prints now')).toEqual(['one'])
})

test('a script that never ends is stopped, and isn’t run again by starting FastAPI again', async () => {
  const page = await open(LAZY)
  await start(page)
  await soon(() => expect(page.text()).toContain('line for line'))
  await edit(page, 'while True: pass')
  original.failNext(new OriginalFault('hung', 'Is there an endless loop?'))
  await button(page, /^Run again/).trigger('click')
  await soon(() => expect(page.text()).toContain('Is there an endless loop?'))
  await start(page)
  await soon(() => expect(page.findAll('button').some((one) => /^Run/.test(one.text()))).toBe(true))
  expect(original.calls).toEqual(['boot', 'fact', 'fact', 'boot'])
  await edit(page, 'print("one")\nprint("two")')
  await button(page, /^Run/).trigger('click')
  await soon(() => expect(page.text()).toContain('line for line'))
})

test('a fact that a tab can’t run says why and shows what was recorded', async () => {
  const page = await open('/original/fact?lesson=sqlalchemy&id=many-threads')
  await soon(() => expect(page.text()).toContain('This fact can’t be run in a tab. It times whole servers'))
  expect(lines(page, 'What was recorded')).toEqual(['no'])
  expect(script(page).attributes('readonly')).toBeDefined()
  expect(page.text()).not.toContain('Start FastAPI (')
})

test('another fact is chosen by lesson or by sentence; its run is its own', async () => {
  const page = await open(LAZY)
  await start(page)
  await soon(() => expect(page.text()).toContain('line for line'))
  const [lesson] = page.findAll('select')
  await lesson?.setValue('jwt')
  await soon(() => expect(lines(page, 'What was recorded')).toEqual(['refused']))
  expect(router.currentRoute.value.fullPath).toBe('/original/fact?lesson=jwt&id=alg-none')
  await soon(() => expect(lines(page, 'What it prints now')).toEqual(['refused']))
  // What the learner wrote isn't run by a link to it.
  await edit(page, 'print("mine")')
  await router.push(LAZY)
  await soon(() => expect(lines(page, 'What it prints now')).toEqual(['one', 'two']))
  await router.push('/original/fact?lesson=jwt&id=alg-none')
  await soon(() => expect(script(page).element.value).toBe('print("mine")'))
  expect(original.calls).toEqual(['boot', 'fact', 'fact', 'fact'])
})

test('a server without FastAPI for the tab still shows code and output', async () => {
  bundle = { state: 'absent' }
  const page = await open(LAZY)
  await soon(() => expect(page.text()).toContain('This server has no FastAPI for the tab'))
  expect(lines(page, 'What was recorded')).toEqual(['one', 'two'])
  expect(script(page).element.value).toContain('print("one")')
})

test('facts that don’t load can be asked for again; an address of none says so', async () => {
  online = false
  const page = await open(LAZY)
  await soon(() => expect(page.text()).toContain('could not be loaded'))
  online = true
  await button(page, /^Try again/).trigger('click')
  await soon(() => expect(lines(page, 'What was recorded')).toEqual(['one', 'two']))
  page.unmount()
  const missing = await open('/original/fact?lesson=sqlalchemy&id=nothing&code=print(1)')
  await soon(() => expect(missing.text()).toContain('There is no such fact.'))
  expect(missing.find('textarea').exists()).toBe(false)
})

test('the list leads to every fact, and tells which can only be read and which are changed', async () => {
  localStorage.setItem('viva:fact:jwt/alg-none', '{"fact.py":"print(1)"}')
  const page = await open('/original/facts')
  await soon(() =>
    expect(page.findAll('li a').map((link) => link.attributes('href'))).toEqual([
      '/original/fact?lesson=sqlalchemy&id=engine-is-lazy',
      '/original/fact?lesson=sqlalchemy&id=many-threads',
      '/original/fact?lesson=jwt&id=alg-none',
    ]),
  )
  expect(page.text()).toContain('2 of these 3')
  const items = page.findAll('li').map((item) => item.text())
  expect(items[1]).toContain('read only')
  expect(items[2]).toContain('changed by you')
})
