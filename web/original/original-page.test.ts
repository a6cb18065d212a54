import { enableAutoUnmount, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { Step } from '#contract/lesson.ts'
import type { LessonCard, LessonPage } from '#contract/page.ts'
import { PAGE_SOURCE } from '../stores/deck.ts'
import { OWN_FILES } from './files/own-files.ts'
import { useProjectFiles } from './files/project-files.ts'
import OriginalPage from './OriginalPage.vue'
import { originalSource } from './source.ts'
import { useOriginalTab } from './tab-store.ts'
import { fakeTab, type FakeTab } from './testing/fake-tab.ts'

const claim = { id: 'two', sentence: 'a list comes', shows: 'The list has two items.' }
const steps = [
  Step.parse({
    id: 'items',
    title: 'Get `items`',
    note: 'Two of them.',
    path: '/items',
    claims: [
      { ...claim, expect: { status: 200, json: [{ path: '', length: 2 }] } },
      { ...claim, id: 'validated', shows: 'It was validated.', expect: { burst: { peak: { equals: 1 } } } },
    ],
  }),
  Step.parse({
    id: 'boom',
    title: 'Fail',
    note: 'A 500.',
    path: '/boom',
    claims: [{ ...claim, id: 'b', expect: { status: 500 } }],
  }),
]
const lesson = {
  slug: '16-async',
  name: 'async',
  title: 'Async',
  steps,
  code: [],
  practice: { quizzes: 0, tasks: 0, bugs: 1 },
} as unknown as LessonPage
const card = { slug: '16-async', name: 'async', number: 16, title: 'Async' } as LessonCard

let original: FakeTab
let bundle: Awaited<ReturnType<typeof originalSource.find>>

enableAutoUnmount(afterEach)
beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  setActivePinia(createPinia())
  original = fakeTab()
  bundle = { state: 'ready', address: '/py/1/', bytes: 8_300_000 }
  vi.spyOn(originalSource, 'open').mockImplementation(async () => original)
  vi.spyOn(originalSource, 'isSupported').mockReturnValue(true)
  vi.spyOn(originalSource, 'find').mockImplementation(async () => bundle)
})

async function open(address = '/original?lesson=16-async'): Promise<VueWrapper> {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: ['/original', '/practice/bugs'].map((path) => ({ path, component: OriginalPage })),
  })
  await router.push(address)
  const source = { cards: async () => [card], lesson: async () => lesson }
  return mount(OriginalPage, {
    attachTo: document.body,
    global: {
      plugins: [router],
      provide: { [PAGE_SOURCE as symbol]: source },
      stubs: { FileEditor: { template: '<div />', methods: { goTo: () => undefined } } },
    },
  })
}

const button = (page: VueWrapper, name: RegExp) => {
  const found = page.findAll('button').find((one) => name.test(one.text()))
  if (!found) throw new Error(`no button ${name}`)
  return found
}
const soon = (check: () => void) => expect.poll(() => (check(), 'passed')).toBe('passed')

async function start(page: VueWrapper): Promise<void> {
  await soon(() => expect(page.text()).toContain('Start FastAPI (8.3 MB)'))
  await button(page, /^Start FastAPI/).trigger('click')
}

test('nothing is started before it is asked for; then the selected step runs and its claims are judged', async () => {
  const page = await open()
  await soon(() => expect(page.text()).toContain('Start FastAPI (8.3 MB)'))
  expect(original.calls).toEqual([])
  await start(page)
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
  expect(original.calls).toEqual(['boot', 'reset', 'GET /items'])
  expect(page.get('[data-claim="two"]').attributes('data-state')).toBe('held')
  expect(page.get('[data-claim="validated"]').text()).toContain('Judged on the twin only')
})

test('a changed line makes a claim false, with what was found, until the file is reset', async () => {
  const page = await open()
  await start(page)
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
  const project = useProjectFiles()
  const own = OWN_FILES['routers/items.py'] ?? ''
  project.setFile('routers/items.py', own.replace('["item1", "item2"]', '["item1"]'))
  await soon(() => expect(page.text()).toContain('You have edited the code since'))
  await button(page, /^Run again/).trigger('click')
  await soon(() => expect(page.text()).toContain('0 of 1 claims hold, 1 no longer true.'))
  expect(page.get('[data-claim="two"]').text()).toMatch(/No longer true.*length 2.*\["item1"\]/s)
  await button(page, /^Reset all/).trigger('click')
  await button(page, /^Run again/).trigger('click')
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
  // An edit is applied to a new database, which needs no reset.
  expect(original.calls.slice(3)).toEqual(['apply', 'GET /items', 'apply', 'GET /items'])
})

test('changes outlive the page, and apply when FastAPI is started there', async () => {
  useProjectFiles().setFile('routers/items.py', 'return ["one"]')
  setActivePinia(createPinia())
  const page = await open()
  await start(page)
  await soon(() => expect(page.text()).toContain('0 of 1 claims hold'))
  expect(original.calls).toEqual(['boot', 'apply', 'GET /items'])
})

test('a file that another tab changes stays changed when this one changes another', () => {
  const project = useProjectFiles()
  project.setFile('routers/items.py', 'return ["one"]')
  const key = project.storageKey
  const stored = JSON.parse(localStorage.getItem(key) ?? '{}') as object
  localStorage.setItem(key, JSON.stringify({ ...stored, 'main.py': 'import this' }))
  dispatchEvent(new StorageEvent('storage', { key }))
  expect(project.changed).toEqual(['main.py', 'routers/items.py'])
  project.setFile('schemas.py', 'import re')
  expect(Object.keys(JSON.parse(localStorage.getItem(key) ?? '{}') as object).sort()).toEqual([
    ...['main.py', 'routers/items.py', 'schemas.py'],
  ])
})

test('the button that is pressed hands the focus on: to Cancel, and back when it was pressed', async () => {
  original = fakeTab({ slow: true })
  const page = await open()
  await soon(() => expect(page.text()).toContain('Start FastAPI (8.3 MB)'))
  button(page, /^Start FastAPI/).element.focus()
  await button(page, /^Start FastAPI/).trigger('click')
  await soon(() => expect(document.activeElement?.textContent).toBe('Cancel'))
  await button(page, /^Cancel/).trigger('click')
  await soon(() => expect(document.activeElement?.textContent).toContain('Start FastAPI'))
  vi.spyOn(original, 'boot').mockResolvedValueOnce({ python: '3.14.2', packages: {} })
  await button(page, /^Start FastAPI/).trigger('click')
  await soon(() => expect(document.activeElement?.textContent).toMatch(/^Run/))
})

test('a script that is gone from the server since the page was loaded asks for a reload', async () => {
  vi.spyOn(originalSource, 'open').mockRejectedValueOnce(new TypeError('Failed to fetch a module'))
  const page = await open()
  await start(page)
  await soon(() => expect(page.get('[role="alert"]').text()).toContain('Reload the page'))
  await start(page)
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
})

test('judging other people’s files begins in a worker in which no changed files have run', async () => {
  await start(await open())
  const tab = useOriginalTab()
  await expect.poll(() => tab.ready).toBe(true)
  await tab.renew()
  expect(original.calls.filter((call) => call === 'boot')).toHaveLength(1)
  await tab.applyChanges({ 'routers/items.py': 'return ["one"]' })
  await tab.applyChanges({})
  const closed = vi.spyOn(original, 'close')
  await tab.renew()
  expect(closed).toHaveBeenCalledOnce()
  expect(tab.ready).toBe(true)
  expect(original.calls.filter((call) => call === 'boot')).toHaveLength(2)
})

test('a project that cannot be imported says where and why, and the one before still runs', async () => {
  const page = await open()
  await start(page)
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
  useProjectFiles().setFile('schemas.py', 'import re\nnonsense\n')
  await button(page, /^Run again/).trigger('click')
  await soon(() => expect(page.text()).toContain('The project doesn’t start: NameError.'))
  expect(page.text()).toContain('schemas.py, line 2')
  await button(page, /schemas.py, line 2/).trigger('click')
  await soon(() =>
    expect(page.get('[aria-label="Files of the project"] [aria-selected="true"]').text()).toContain(
      'schemas.py',
    ),
  )
})

test('the whole lesson is checked, and a step with a false claim comes first', async () => {
  const page = await open()
  await start(page)
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
  await button(page, /^Check the whole lesson/).trigger('click')
  await soon(() => expect(page.text()).toContain('2 of 2 claims hold.'))
  useProjectFiles().setFile('routers/items.py', 'return []')
  await button(page, /^Check the whole lesson/).trigger('click')
  await soon(() => expect(page.text()).toContain('1 of 2 claims hold, 1 no longer true.'))
  expect(page.findAll('section[aria-label^="Result of"] h2').map((one) => one.text())).toEqual([
    'Get items',
    'Fail',
  ])
})

test('an endless loop ends FastAPI; it says so and can be started again', async () => {
  const page = await open()
  await start(page)
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
  original.failNext(new OriginalFault('hung', 'It didn’t answer for 5 seconds: is there an endless loop?'))
  await button(page, /^Run again/).trigger('click')
  await soon(() => expect(page.text()).toContain('is there an endless loop?'))
  await start(page)
  await soon(() => expect(page.text()).toContain('1 of 1 claims hold.'))
})

test('a start shows its stages and can be cancelled', async () => {
  original = fakeTab({ slow: true })
  const page = await open()
  await start(page)
  original.report({ stage: 'download', doneBytes: 4_150_000, totalBytes: 8_300_000 })
  await soon(() => expect(page.text()).toContain('4.2 MB of 8.3 MB'))
  expect(page.get('progress').attributes('value')).toBe('0.25')
  original.report({ stage: 'packages', doneBytes: 8_300_000, totalBytes: 8_300_000 })
  await soon(() => expect(page.get('.stages [aria-current]').text()).toContain('FastAPI and its packages'))
  await button(page, /^Cancel/).trigger('click')
  await soon(() => expect(page.text()).toContain('Start FastAPI (8.3 MB)'))
  expect(page.find('[role="alert"]').exists()).toBe(false)
})

test('a server without it says how to get it, and one that prepares it is asked again', async () => {
  bundle = { state: 'absent' }
  const without = await open()
  await soon(() => expect(without.text()).toMatch(/has no FastAPI for the tab.*npm start/s))
  expect(without.findAll('button').some((one) => /Start FastAPI/.test(one.text()))).toBe(false)
  setActivePinia(createPinia())
  bundle = { state: 'preparing' }
  const preparing = await open()
  await soon(() => expect(preparing.text()).toContain('still preparing'))
  bundle = { state: 'ready', address: '/py/1/', bytes: 8_300_000 }
  await soon(() => expect(preparing.text()).toContain('Start FastAPI (8.3 MB)'))
})

test('a browser that is too old for Python says which one isn’t, and offers no start', async () => {
  vi.spyOn(originalSource, 'isSupported').mockReturnValue(false)
  const page = await open()
  await expect.poll(() => page.text()).toContain('Safari 16.4')
  expect(page.findAll('button').map((button) => button.text())).not.toContain('Start FastAPI (8.3 MB)')
})

test('the size is said again where the browser saves data', async () => {
  vi.stubGlobal('navigator', { connection: { saveData: true } })
  try {
    const page = await open()
    await soon(() =>
      expect(page.text()).toContain('Your browser asks pages to save data: this is a download of 8.3 MB'),
    )
    expect(original.calls).toEqual([])
  } finally {
    vi.unstubAllGlobals()
  }
})

test('a tab that the browser ended while FastAPI ran does not start it again, and says why', async () => {
  sessionStorage.setItem('viva:original-running', '1')
  setActivePinia(createPinia())
  const page = await open()
  await soon(() => expect(page.text()).toContain('probably because memory ran out'))
  expect(original.calls).toEqual([])
  expect(sessionStorage.getItem('viva:original-running')).toBeNull()
})

test('a tab that died while FastAPI was starting says so, too', async () => {
  original = fakeTab({ slow: true })
  await start(await open())
  await soon(() => expect(original.calls).toEqual(['boot']))
  // The tab's next page knows nothing but what is stored.
  setActivePinia(createPinia())
  const page = await open()
  await soon(() => expect(page.text()).toContain('probably because memory ran out'))
  expect(page.text()).toContain('Start FastAPI (8.3 MB)')
})

test('one steps through the lines that ran, in their files, and sees what the variables hold', async () => {
  const page = await open()
  await start(page)
  await soon(() => expect(page.text()).toContain('Step through the 4 moments'))
  await button(page, /^Step through/).trigger('click')
  const moment = () => page.get('.moment').text()
  await soon(() => expect(moment()).toContain('get_db is called, line 37 of database.py'))
  const chosen = () => page.get('[aria-label="Files of the project"] [aria-selected="true"]').text()
  expect(chosen()).toBe('database.py')
  await button(page, /^Next$/).trigger('click')
  await button(page, /^Next$/).trigger('click')
  expect(moment()).toContain('get_items, line 14 of routers/items.py')
  expect(chosen()).toBe('routers/items.py')
  expect(page.get('[aria-label="Step through the lines that ran"]').text()).toMatch(/limit.*10/s)
  await page.get('.steps').trigger('keydown', { key: 'End' })
  expect(moment()).toContain("get_items returns: ['item1', 'item2']")
  await page.get('.steps').trigger('keydown', { key: 'ArrowLeft' })
  expect(moment()).toContain('3 of 4')
})

test('a lesson with bugs leads to them', async () => {
  const page = await open()
  await soon(() => expect(page.get('a[href="/practice/bugs?lesson=async"]').text()).toBe('Fix a bug here'))
})

test('a link names a lesson, a step, a file and a line, and never code', async () => {
  const page = await open('/original?lesson=16-async&step=2&file=auth.py&line=9&code=import%20os&text=x')
  await soon(() =>
    expect(page.get<HTMLSelectElement>('[aria-label="Run"] select').element.value).toBe('async'),
  )
  expect(page.text()).toContain('GET /boom')
  expect(page.get('[aria-label="Files of the project"] [aria-selected="true"]').text()).toBe('auth.py')
  expect(useProjectFiles().changes).toEqual({})
})
