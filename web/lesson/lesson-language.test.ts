import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { LessonPage as Lesson } from '#contract/page.ts'
import { renderSite } from '../../deck/render/site.ts'
import { PAGE_SOURCE, useDeckStore } from '../stores/deck.ts'
import { loadLessonText } from './late-parts.ts'
import LessonPage from './LessonPage.vue'

vi.mock('virtual:site-title', () => ({ hasForeignProse: true, siteLanguage: 'en', siteTitle: 'HTTP' }))

const { lessons } = await renderSite('content/lessons', process.cwd())

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }))
  Element.prototype.scrollIntoView = () => undefined
})
afterEach(() => vi.unstubAllGlobals())

/** What an author writes as plain text. Sources have titles in whatever language they are in. */
const WRITTEN = new Set(
  'title question topics answerTitle keyPoints commonMistakes followUps says note sentence shows because'.split(
    ' ',
  ),
)

/** The lesson with each text that its author wrote replaced by one German word. */
function inGerman(value: unknown, key = ''): unknown {
  if (key === 'sources' || key === 'predictions') return value
  if (key === 'html')
    return Object.fromEntries(
      Object.entries(value as Lesson['html']).map(([part, html]) => [part, proseInGerman(part, html)]),
    )
  if (typeof value === 'string') return WRITTEN.has(key) ? 'Wort' : value
  if (Array.isArray(value))
    return value.map((item: unknown) => inGerman(item, typeof item === 'string' ? key : ''))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inGerman(inner, name)]))
}

function proseInGerman(part: string, html: string): string {
  if (/^(py|ts):/.test(part)) return html
  const root = new DOMParser().parseFromString(html, 'text/html').body
  for (const text of textsIn(root)) if (!text.parentElement?.closest('[lang="en"]')) text.data = 'Wort'
  return root.innerHTML
}

/** The texts that have words. */
function textsIn(root: Node): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  return texts.filter(({ data, parentElement }) => /\p{L}/u.test(data) && !parentElement?.closest('style'))
}

async function open(lesson: Lesson): Promise<Element> {
  const pinia = createPinia()
  createApp({})
    .provide(PAGE_SOURCE, { cards: async () => [], lesson: async () => null })
    .use(pinia)
  setActivePinia(pinia)
  useDeckStore().adopt({ lesson })
  await loadLessonText()
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/lessons/:name', component: LessonPage },
      { path: '/:all(.*)', component: LessonPage },
    ],
  })
  await router.push(`/lessons/${lesson.name}`)
  const page = mount(LessonPage, {
    global: { plugins: [pinia, router] },
    attachTo: document.body,
  })
  await flushPromises()
  await expect.poll(() => page.find('.playground-panel [aria-label="Steps"]').exists()).toBe(true)
  return page.element as Element
}

const languageOf = (text: Text): string => text.parentElement?.closest('[lang]')?.getAttribute('lang') ?? 'en'

test.each(['predicted', 'plain'])(
  'a German lesson marks all that its author wrote as German, and none of the app’s words (%s)',
  async (kind) => {
    const built = lessons.get('errors') as Lesson
    const german = { ...(inGerman(built) as Lesson), language: 'de' }
    const page = await open(kind === 'plain' ? { ...german, predictions: {} } : german)
    const texts = textsIn(page)
    expect(texts.filter(({ data }) => data.includes('Wort')).length).toBeGreaterThan(50)
    expect(
      texts
        .filter((text) => text.data.includes('Wort') !== (languageOf(text) === 'de'))
        .map(({ data }) => data),
    ).toEqual([])
    const mixed = texts.filter(
      ({ data }) => data.includes('Wort') && /\p{L}/u.test(data.replaceAll('Wort', '')),
    )
    expect(mixed.map(({ data }) => data)).toEqual([])
  },
)

test('an English lesson has no marks of language beside those of the app', async () => {
  const page = await open({ ...(lessons.get('errors') as Lesson), predictions: {} })
  expect([...page.querySelectorAll<HTMLElement>('[lang]')].filter(({ lang }) => lang !== 'en')).toEqual([])
})

test('an answer is called the usual one only beside another to say', async () => {
  const built = lessons.get('errors') as Lesson
  const { say: _, more: __, ...html } = built.html
  const titleOf = async (lesson: Lesson) =>
    (await open({ ...lesson, predictions: {} })).querySelector('[aria-labelledby="answer-title"] .title')
      ?.textContent
  expect(await titleOf(built)).toBe('AnswerAs it is usually given')
  expect(await titleOf({ ...built, html })).toBe('Answer')
})
