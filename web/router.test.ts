import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { expect, test } from 'vitest'
import type { LessonPage } from '../contract/page.ts'
import type { PageSource } from './api/pages.ts'
import LoadProblem from './components/layout/LoadProblem.vue'
import AboutPage from './pages/AboutPage.vue'
import HomePage from './pages/HomePage.vue'
import LessonPageView from './pages/LessonPage.vue'
import NotFoundPage from './pages/NotFoundPage.vue'
import { createRouter, placeOf, titleOf } from './router.ts'
import { PAGE_SOURCE, useDeckStore, type CameWith } from './stores/deck.ts'

const lesson = { slug: '08-jwt', number: 8, title: 'JWT' } as LessonPage

function routerOver(source: Partial<PageSource>, cameWith: CameWith = {}) {
  const pinia = createPinia()
  createApp({})
    .provide(PAGE_SOURCE, { cards: async () => [], lesson: async () => null, ...source })
    .use(pinia)
  const deck = useDeckStore(pinia)
  return { router: createRouter(deck, cameWith), deck }
}

test.each([
  ['/', 'home', ''],
  ['/lessons/06-authentication?step=2#today', 'lesson', '06-authentication'],
  ['/lessons/06-authentication/', 'lesson', '06-authentication'],
  ['/playground', 'playground', ''],
  ['/about', 'about', ''],
  ['/docs', 'missing', ''],
  ['/lessons/06-authentication.json', 'missing', ''],
  ['/lessons/a/b', 'missing', ''],
])('%s leads to %s', (address, name, slug) => {
  expect(placeOf(address)).toMatchObject({ name, slug })
})

test('a lesson is shown once its text is there', async () => {
  const { router, deck } = routerOver({ lesson: async () => lesson })
  await router.open('/lessons/08-jwt?step=2')
  expect(router.view.value).toMatchObject({
    page: LessonPageView,
    outcome: 'ready',
    place: { query: { step: '2' } },
  })
  expect(titleOf(router.view.value, deck)).toBe('JWT · Viva')
})

test('a lesson that is not there shows the page for that', async () => {
  const { router, deck } = routerOver({})
  await router.open('/lessons/99-nothing')
  expect(router.view.value).toMatchObject({ page: NotFoundPage, outcome: 'missing' })
  expect(titleOf(router.view.value, deck)).toBe('Not found · Viva')
})

test('a page that came as not found stays so, and the next one is looked for again', async () => {
  const { router } = routerOver({ lesson: async () => lesson }, { missing: true })
  await router.open('/lessons/08-jwt')
  expect(router.view.value.page).toBe(NotFoundPage)
  await router.open('/lessons/08-jwt')
  expect(router.view.value.page).toBe(LessonPageView)
})

test('text that does not come is a problem that trying again can end', async () => {
  let up = false
  const { router } = routerOver({
    lesson: async () => {
      if (up) return lesson
      throw new Error('down')
    },
  })
  await router.open('/lessons/08-jwt')
  expect(router.view.value.page).toBe(LoadProblem)
  up = true
  await router.open('/lessons/08-jwt')
  expect(router.view.value.page).toBe(LessonPageView)
})

test('a page that was left before it came is never shown', async () => {
  let come: (lesson: LessonPage) => void = () => {}
  const { router } = routerOver({ lesson: () => new Promise((resolve) => (come = resolve)) })
  await router.open('/')
  const left = new AbortController()
  const opening = router.open('/lessons/08-jwt', left.signal)
  left.abort()
  await router.open('/about')
  come(lesson)
  await opening
  expect(router.view.value.page).toBe(AboutPage)
})

test('the query is changed in place, and empty values leave the address', async () => {
  const { router } = routerOver({})
  await router.open('/?level=deep')
  expect(router.view.value.page).toBe(HomePage)
  router.setQuery({ level: '', topic: 'async' })
  expect(router.view.value.place.query).toEqual({ topic: 'async' })
  expect(location.search).toBe('?topic=async')
})
