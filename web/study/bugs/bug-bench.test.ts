import { enableAutoUnmount, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { Bug } from '#contract/bug.ts'
import { Step } from '#contract/lesson.ts'
import type { LessonPage } from '#contract/page.ts'
import { OriginalFault } from '#contract/original-tab/fault.ts'
import { originalSource } from '../../original/source.ts'
import { fakeTab, type FakeTab } from '../../original/testing/fake-tab.ts'
import { PAGE_SOURCE } from '../../stores/deck.ts'
import { eventsOf } from '../log/event.ts'
import { useStudyStore } from '../log/study-store.ts'
import { practiceSet } from '../testing/practice-set.ts'
import BugsPage from './BugsPage.vue'

const claim = { sentence: 'a list of two' }
const steps = [
  Step.parse({
    ...{ id: 'items', title: 'Get `items`', note: 'Two of them.', path: '/items' },
    claims: [
      { ...claim, id: 'two', shows: 'The list has two items.', expect: { json: [{ path: '', length: 2 }] } },
      {
        ...{ ...claim, id: 'first', shows: 'The first is item1.' },
        expect: { json: [{ path: '0', equals: 'item1' }] },
      },
    ],
  }),
]
const boom = {
  ...{ id: 'boom', title: 'Fail', note: 'A 500.', path: '/boom' },
  claims: [{ ...claim, id: 'fails', shows: 'It is a 500.', expect: { status: 500 } }],
}
const edit = (before: string, after: string) => ({
  file: 'routers/items.py',
  replace: `return [${before}]`,
  with: `return [${after}]`,
})
const bug = Bug.parse({
  ...{ id: 'one-item-short', title: 'The `second` item is gone', ask: '<p>There should be two.</p>' },
  edits: [edit('"item1", "item2"', '"item1"')],
  ...{ steps: ['items'], checks: [boom], red: ['items/two'] },
  hints: ['<p>Look at the router.</p>', '<p>Count them.</p>'],
  solution: [edit('"item1"', '"item1", "item2"')],
  why: '<p>The list had one item.</p>',
  nearMisses: [
    {
      edits: [edit('"item1"', '"item2", "item1"')],
      ...{ red: ['items/first'], says: 'The order counts, too.', misconception: 'lists-are-sets' },
    },
  ],
})
const other = { ...bug, id: 'another-one', title: 'Another one' }
const set = practiceSet(16, '16-async', { name: 'async', bugs: [bug, other] })
const lesson = { slug: '16-async', name: 'async', steps } as unknown as LessonPage
const BROKEN = 'return ["item1"]'
const FIXED = 'return ["item1", "item2"]'

let original: FakeTab
let bundle: Awaited<ReturnType<typeof originalSource.find>>

enableAutoUnmount(afterEach)
beforeEach(() => {
  localStorage.clear()
  sessionStorage.clear()
  newPage()
  original = fakeTab()
  bundle = { state: 'ready', address: '/py/1/', bytes: 8_300_000 }
  vi.spyOn(originalSource, 'open').mockImplementation(async () => original)
  vi.spyOn(originalSource, 'find').mockImplementation(async () => bundle)
  vi.stubGlobal('fetch', async () => Response.json([set]))
  return () => vi.unstubAllGlobals()
})

/** As after a reload: stores begin anew, and what the browser keeps is there. */
function newPage(): void {
  setActivePinia(createPinia())
}

const FileEditor = {
  props: ['path', 'text', 'marks'],
  emits: ['change', 'run'],
  template:
    '<textarea :aria-label="path" :data-marks="JSON.stringify(marks)" :value="text" @input="$emit(\'change\', path, $event.target.value)" @keydown.ctrl.enter="$emit(\'run\')" />',
  methods: { goTo: () => undefined },
}

async function open(path = '/practice/bugs/async/one-item-short'): Promise<VueWrapper> {
  const component = { template: '<div />' }
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/practice/bugs/:bug(.+/.+)?', component },
      { path: '/:path(.*)*', component },
    ],
  })
  await router.push(path)
  await useStudyStore().open()
  const source = { cards: async () => [], lesson: async () => lesson }
  const page = mount(BugsPage, {
    attachTo: document.body,
    global: {
      plugins: [router],
      provide: { [PAGE_SOURCE as symbol]: source },
      stubs: { FileEditor, RouterLink: false },
    },
  })
  return page
}

const button = (page: VueWrapper, name: RegExp) => {
  const found = page.findAll('button').find((one) => name.test(one.text()))
  if (!found) throw new Error(`no button ${name}`)
  return found
}
const soon = (check: () => void) => expect.poll(() => (check(), 'passed')).toBe('passed')
const verdict = (page: VueWrapper): string => page.get('.callout').text()
const recorded = () => eventsOf(useStudyStore().log, 'task')

async function start(page: VueWrapper): Promise<void> {
  await soon(() => expect(page.text()).toContain('Start FastAPI (8.3 MB)'))
  await button(page, /^Start FastAPI/).trigger('click')
}

/** Puts another text into a file and runs the checks. */
async function edited(page: VueWrapper, before: string, after: string): Promise<void> {
  await button(page, /^routers\/items.py/).trigger('click')
  const editor = page.get<HTMLTextAreaElement>('textarea')
  await editor.setValue(editor.element.value.replace(before, after))
  await editor.trigger('keydown', { key: 'Enter', ctrlKey: true })
}

async function started(path?: string): Promise<VueWrapper> {
  const page = await open(path)
  await start(page)
  await soon(() => expect(verdict(page)).toContain('This is the bug'))
  return page
}

test('nothing runs before FastAPI is started; then the checks that the bug fails are shown, and it is no try yet', async () => {
  const page = await open()
  await soon(() => expect(page.text()).toContain('Start FastAPI (8.3 MB)'))
  expect(page.text()).toContain('There should be two.')
  expect(original.calls).toEqual([])
  await start(page)
  await soon(() => expect(verdict(page)).toContain('1 of 3 checks fails. Change the code'))
  expect(original.calls).toEqual(['boot', 'apply', 'GET /items', 'GET /boom'])
  expect(page.get('.checks').text()).toMatch(/GET \/items.*The list has two items\..*False\./s)
  expect(page.get('.checks').text()).not.toContain('since your changes')
  expect(page.text()).toContain('2 checks pass')
  expect(page.text()).not.toContain('The list had one item.')
  expect(document.title).toBe('The second item is gone · Viva')
  page.unmount()
  expect(recorded()).toEqual([])
})

test('the fix is judged, explained and recorded once, and leads to the next bug', async () => {
  const page = await started()
  await edited(page, BROKEN, FIXED)
  await soon(() => expect(verdict(page)).toMatch(/Fixed\s*All 3 checks pass\./))
  expect(verdict(page)).not.toContain('review')
  expect(page.text()).toContain('The list had one item.')
  expect(page.get('a[href="/practice/bugs/async/another-one"]').text()).toBe('Next: Another one')
  await button(page, /^Run the checks/).trigger('click')
  await soon(() => expect(original.calls.filter((call) => call === 'GET /boom')).toHaveLength(3))
  expect(recorded()).toMatchObject([
    {
      ...{ slug: '16-async', task: 'one-item-short', isPassed: true, requests: 1 },
      ...{ hints: 0, sawSolution: false, misconceptions: [] },
    },
  ])
})

test('a near miss is named, what fails only since the changes is told apart, and both don’t pass', async () => {
  const page = await started()
  await edited(page, BROKEN, 'return ["item2", "item1"]')
  await soon(() => expect(verdict(page)).toMatch(/Close, but no.*The order counts, too\./s))
  expect(verdict(page)).toMatch(
    /The checks that showed the bug pass now\. Your changes made another check fail\./,
  )
  expect(page.get('.checks').text()).toMatch(/The first is item1\..*False since your changes\./s)
  await edited(page, 'return ["item2", "item1"]', 'return []')
  await soon(() => expect(verdict(page)).toMatch(/Not yet\s*1 check still fails\. Your changes made another/))
  await edited(page, 'return []', FIXED)
  await soon(() => expect(verdict(page)).toContain('Fixed'))
  expect(recorded()).toMatchObject([{ isPassed: true, requests: 3, misconceptions: ['lists-are-sets'] }])
})

test('hints come one after another, then the solution as a diff, which works but no longer counts as fixed', async () => {
  const page = await started()
  await button(page, /^Hint 0 of 2/).trigger('click')
  expect(document.activeElement?.textContent).toBe('Look at the router.')
  await button(page, /^Next hint 1 of 2/).trigger('click')
  await button(page, /^Show the solution/).trigger('click')
  expect(document.activeElement?.textContent).toBe('The solution')
  const diff = page.get('[aria-label="What changed in routers/items.py"]').text()
  expect(diff).toMatch(/removed:.*return \["item1"\].*added:.*return \["item1", "item2"\]/s)
  expect(page.text()).toContain('The list had one item.')
  await button(page, /^Put it into the editor/).trigger('click')
  await button(page, /^Run the checks/).trigger('click')
  await soon(() => expect(verdict(page)).toMatch(/Fixed.*You had seen the solution, so it comes back/s))
  expect(recorded()).toMatchObject([{ isPassed: false, sawSolution: true, hints: 2, requests: 0 }])
})

test('edits, hints and runs outlive the page, apart from those of other bugs and of the original', async () => {
  localStorage.setItem('viva:original-files', JSON.stringify({ 'main.py': 'nonsense' }))
  const page = await started()
  await button(page, /^Hint/).trigger('click')
  await edited(page, BROKEN, 'return []')
  await soon(() => expect(verdict(page)).toContain('Not yet'))
  page.unmount()
  newPage()
  original = fakeTab()
  const later = await open()
  await soon(() => expect(later.get<HTMLTextAreaElement>('textarea').element.value).toContain('return []'))
  expect(later.text()).toContain('Look at the router.')
  await start(later)
  await soon(() => expect(verdict(later)).toContain('Not yet'))
  await edited(later, 'return []', FIXED)
  await soon(() => expect(verdict(later)).toMatch(/Fixed.*You had a hint, so it comes back in your review/s))
  expect(recorded()).toMatchObject([{ isPassed: true, hints: 1, requests: 3 }])
  later.unmount()
  const another = await open('/practice/bugs/async/another-one')
  await soon(() => expect(button(another, /^routers\/items.py/).text()).toBe('routers/items.py'))
})

test('a project that doesn’t start says where and why, on its line', async () => {
  const page = await started()
  await edited(page, `    ${BROKEN}`, 'nonsense')
  await soon(() => expect(verdict(page)).toContain('The project doesn’t start with your changes.'))
  await soon(() => expect(page.text()).toMatch(/routers\/items.py, line \d+/))
  expect(page.get('textarea').attributes('data-marks')).toContain('"kind":"error"')
  expect(page.find('.checks').exists()).toBe(false)
})

test('an endless loop ends FastAPI, and the edits stay', async () => {
  const page = await started()
  original.failNext(
    new OriginalFault('hung', 'It didn’t answer for 5 seconds: is there an endless loop?'),
    'GET /items',
  )
  await edited(page, BROKEN, 'return []')
  await soon(() => expect(page.get('[role="alert"]').text()).toContain('is there an endless loop?'))
  // What stands there is about the run before.
  expect(page.text()).toContain('You have edited the code since')
  expect(page.get<HTMLTextAreaElement>('textarea').element.value).toContain('return []')
  await start(page)
  await soon(() => expect(verdict(page)).toMatch(/Not yet/))
  expect(recorded()).toEqual([])
})

test('what is given up is recorded, and started again it is as it was', async () => {
  const page = await started()
  await edited(page, BROKEN, 'return []')
  await soon(() => expect(verdict(page)).toContain('Not yet'))
  await button(page, /^Give up/).trigger('click')
  expect(page.text()).toContain('Given up: it comes back in your review.')
  expect(recorded()).toMatchObject([{ isPassed: false, sawSolution: false, requests: 1 }])
  await button(page, /^Start again/).trigger('click')
  expect(page.get<HTMLTextAreaElement>('textarea').element.value).toContain(BROKEN)
  await edited(page, BROKEN, FIXED)
  await soon(() => expect(verdict(page)).toContain('Fixed'))
  expect(recorded()).toMatchObject([{ isPassed: false }, { isPassed: true, requests: 1 }])
})

test('a review begins with the bug as it was, once the try before has ended', async () => {
  const page = await started()
  await edited(page, BROKEN, FIXED)
  await soon(() => expect(verdict(page)).toContain('Fixed'))
  page.unmount()
  const again = await open('/practice/bugs/async/one-item-short?again')
  await soon(() => expect(again.find('textarea').exists()).toBe(true))
  await button(again, /^routers\/items.py$/).trigger('click')
  expect(again.get<HTMLTextAreaElement>('textarea').element.value).toContain(BROKEN)
})

test('where FastAPI runs already, the checks of the next bug run at once, but not what was edited', async () => {
  const page = await started()
  page.unmount()
  const next = await open('/practice/bugs/async/another-one')
  await soon(() => expect(verdict(next)).toContain('This is the bug'))
  await edited(next, BROKEN, 'return []')
  await soon(() => expect(verdict(next)).toContain('Not yet'))
  next.unmount()
  const again = await open('/practice/bugs/async/another-one')
  await soon(() => expect(again.find('textarea').exists()).toBe(true))
  expect(again.find('.callout').exists()).toBe(false)
})

test('the lines of a failing check are gone through', async () => {
  const page = await started()
  await button(page, /^Step through its lines/).trigger('click')
  await soon(() => expect(page.get('.moment').text()).toContain('get_db is called'))
  expect(page.get('[aria-label="Files of the project"] [aria-selected="true"]').text()).toBe('database.py')
})

test('without FastAPI the report and the code can be read, and the page says what is missing', async () => {
  bundle = { state: 'absent' }
  const page = await open()
  await soon(() => expect(page.text()).toMatch(/has no FastAPI for the tab.*npm start/s))
  expect(page.text()).toContain('There should be two.')
  expect(page.find('textarea').exists()).toBe(true)
  expect(page.findAll('button').some((one) => /Start FastAPI|Run the checks/.test(one.text()))).toBe(false)
})

test('the list says what it takes and how far one is', async () => {
  const list = await open('/practice/bugs')
  await soon(() => expect(list.text()).toContain('a download of 8.3 MB, once, and only when you start it'))
  const states = () => list.findAll('.task').map((row) => row.findAll('a, span').map((part) => part.text()))
  await soon(() => expect(states()).toEqual([['The second item is gone'], ['Another one']]))
  expect(list.get('a[href="/practice/bugs/async/one-item-short"]').text()).toBe('The second item is gone')
  list.unmount()
  const page = await started()
  await edited(page, BROKEN, FIXED)
  await soon(() => expect(verdict(page)).toContain('Fixed'))
  page.unmount()
  const begun = await open('/practice/bugs/async/another-one')
  await soon(() => expect(button(begun, /^Hint/).exists()).toBe(true))
  await button(begun, /^Hint/).trigger('click')
  begun.unmount()
  const later = await open('/practice/bugs')
  await soon(() => expect(later.text()).toContain('has started in this tab'))
  expect(later.findAll('.badge').map((badge) => badge.text())).toEqual(['fixed', 'tried'])
})

test('an address of no bug leads to the list', async () => {
  const page = await open('/practice/bugs/async/no-such')
  await soon(() => expect(page.text()).toContain('There is no bug “async/no-such”.'))
  expect(page.findAll('.task')).toHaveLength(2)
})
