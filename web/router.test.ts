// @vitest-environment node
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'
import { expect, test } from 'vitest'
import type { LessonPage } from '#contract/page.ts'
import type { PageSource } from './api/pages.ts'
import { createPages, titleOf } from './router.ts'
import { PAGE_SOURCE, useDeckStore, type PageData } from './stores/deck.ts'

const lesson = { slug: '08-jwt', name: 'jwt', number: 8, title: 'JWT' } as LessonPage

function routerOver(source: Partial<PageSource>, pageData: PageData = {}) {
  const pinia = createPinia()
  createApp({})
    .provide(PAGE_SOURCE, { cards: async () => [], lesson: async () => null, ...source })
    .use(pinia)
  const deck = useDeckStore(pinia)
  return { router: createPages(createMemoryHistory(), deck, pageData), deck }
}

const outcome = (router: Router) => router.currentRoute.value.meta.outcome

test.each([
  ['/', 'home'],
  ['/lessons/authentication?step=2#today', 'lesson'],
  ['/lessons/authentication/', 'lesson'],
  ['/lessons/06-authentication/', 'lesson'],
  ['/lessons', 'home'],
  ['/playground', 'playground'],
  ['/about', 'about'],
  ['/original?lesson=jwt', 'original'],
  ['/original/facts', 'facts'],
  ['/original/fact?lesson=jwt&id=alg-none', 'facts'],
  ['/glossary', 'glossary'],
  ['/practice?question=authentication', 'practice'],
  ['/lessons/a/b', 'missing'],
  ['/nowhere', 'missing'],
])('%s leads to %s', async (address, name) => {
  const { router } = routerOver({ lesson: async () => lesson })
  await router.push(address)
  expect(router.currentRoute.value.name).toBe(name)
})

test('a lesson is shown once its text has loaded', async () => {
  const { router, deck } = routerOver({ lesson: async () => lesson })
  await router.push('/lessons/jwt?step=2')
  expect(router.currentRoute.value).toMatchObject({ query: { step: '2' }, meta: { outcome: 'ready' } })
  expect(titleOf(router.currentRoute.value, deck)).toBe('JWT · Viva')
})

test('an address with the number of a lesson leads to the one without, with its step and its anchor', async () => {
  const { router } = routerOver({ lesson: async () => lesson })
  await router.push('/lessons/08-jwt?step=2#playground')
  expect(router.currentRoute.value.fullPath).toBe('/lessons/jwt?step=2#playground')
})

test('a lesson that does not exist is reported as missing', async () => {
  const { router, deck } = routerOver({})
  await router.push('/lessons/nothing')
  expect(outcome(router)).toBe('missing')
  expect(titleOf(router.currentRoute.value, deck)).toBe('Not found · Viva')
})

test('a page served as not found stays so, and the next one is loaded again', async () => {
  const { router } = routerOver({ lesson: async () => lesson }, { missing: true })
  await router.push('/lessons/jwt')
  expect(outcome(router)).toBe('missing')
  await router.push('/about')
  await router.push('/lessons/jwt')
  expect(outcome(router)).toBe('ready')
})

test('a lesson that fails to load can be tried again', async () => {
  let up = false
  const { router } = routerOver({
    lesson: async () => {
      if (up) return lesson
      throw new Error('down')
    },
  })
  await router.push('/lessons/jwt')
  expect(outcome(router)).toBe('failed')
  up = true
  await router.replace({ path: '/lessons/jwt', force: true })
  expect(outcome(router)).toBe('ready')
})

test('a page left before it has loaded is never shown', async () => {
  let come: (lesson: LessonPage) => void = () => {}
  const { router } = routerOver({ lesson: () => new Promise((resolve) => (come = resolve)) })
  await router.push('/')
  const opening = router.push('/lessons/jwt')
  await router.push('/about')
  come(lesson)
  await opening
  expect(router.currentRoute.value.name).toBe('about')
})
