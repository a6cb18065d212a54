import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { LessonCard } from '#contract/page.ts'
import { PAGE_SOURCE, useDeckStore } from '../stores/deck.ts'
import HomePage from './HomePage.vue'

const decks = vi.hoisted(() => [] as { title: string; heading: string; language: string }[])
vi.mock('virtual:decks', () => ({ decks }))
vi.mock('virtual:site-title', () => ({ hasForeignProse: true, siteLanguage: 'en', siteTitle: 'HTTP' }))
vi.mock('../study/StudyToday.vue', () => ({ default: { render: () => null } }))

const english = { title: 'HTTP', heading: 'HTTP, with answers you can run', language: 'en' }
const german = { title: 'Datenbanken', heading: 'Datenbanken, gefragt', language: 'de' }

const card = (name: string, number: number, more: Partial<LessonCard> = {}): LessonCard => ({
  ...{ slug: name, name, number, title: name, question: `What is ${name}?`, level: 'starter', minutes: 7 },
  ...{ topics: ['http'], explains: [], claims: [], ...more },
})

beforeEach(() => {
  const pinia = createPinia()
  createApp({})
    .provide(PAGE_SOURCE, { cards: async () => [], lesson: async () => null })
    .use(pinia)
  setActivePinia(pinia)
})

async function home(named: typeof decks, cards: LessonCard[]) {
  decks.splice(0, decks.length, ...named)
  useDeckStore().adopt({ cards })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/:all(.*)', component: HomePage }],
  })
  await router.push('/')
  return mount(HomePage, { global: { plugins: [router], stubs: { StudyToday: true } } })
}

test('one deck has its heading, and one list without a title', async () => {
  const page = await home([english], [card('get', 1), card('put', 2)])
  expect(page.get('h1').text()).toBe('HTTP, with answers you can run')
  expect(page.findAll('h2').map((title) => title.text())).toEqual(['Questions'])
  expect(page.findAll('ol.cards')).toHaveLength(1)
  expect(page.get('.lead').text()).toMatch(
    /^2 questions, each with an answer .* About 14 minutes, no account\.$/s,
  )
})

test('several decks have a titled list each, in their language and with their own numbers', async () => {
  const page = await home([english, german], [card('get', 1), card('index', 1, { deck: 1 })])
  expect(page.get('h1').text()).toBe('HTTP, with answers you can run')
  expect(page.findAll('h2').map((title) => title.text())).toEqual(['Questions', 'HTTP', 'Datenbanken'])
  const lists = page.findAll('ol.cards')
  const shown = lists.map((list) => [
    list.find('h3 [lang]').exists() ? list.get('h3 [lang]').attributes('lang') : 'en',
    list.get('h3').text(),
    list.get('.number').text(),
  ])
  expect(shown).toEqual([
    ['en', 'get', '1'],
    ['de', 'index', '1'],
  ])
  // What the app says on a card is English on each of them.
  expect(lists[1]?.get('.facts').element.closest('[lang]')).toBeNull()
})

test('one question is called that', async () => {
  const page = await home([english], [card('get', 1)])
  expect(page.get('.lead').text()).toMatch(
    /^One question, with an answer to say .* About 7 minutes, no account\.$/s,
  )
  expect(page.get('.filter [role="status"]').text()).toBe('1 question')
})
