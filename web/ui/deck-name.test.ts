import { mount, RouterLinkStub } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Component } from 'vue'
import { readDecks } from '../../deck/read-decks.ts'
import { renderSite } from '../../deck/render/site.ts'
import LessonPicker from '../interview/prepare/LessonPicker.vue'
import QuestionList from '../study/practice/QuestionList.vue'
import SayIt from '../study/practice/SayIt.vue'
import QuizList from '../study/quiz/QuizList.vue'
import ReviewCard from '../study/review/ReviewCard.vue'
import TaskList from '../study/tasks/TaskList.vue'

const decks = vi.hoisted(() => [] as { title: string; language: string }[])
vi.mock('virtual:decks', () => ({ decks }))

const root = process.cwd()
const FOLDERS = ['content/lessons', 'deck/testing/second-deck']
const site = await renderSite(FOLDERS, root)
const titles = (await readDecks(FOLDERS, root)).map(({ info }) => info.title)

beforeEach(() => setActivePinia(createPinia()))

const ofDeck = <T extends { deck?: number }>(items: readonly T[], index: number): T =>
  items.find(({ deck = 0 }) => deck === index)!

/** The text of each place that names a question of this deck. */
function places(index: number): Record<string, string> {
  const text = (component: Component, props: object): string =>
    mount(component, { props, global: { stubs: { RouterLink: RouterLinkStub } } }).text()
  const lesson = ofDeck(site.questions, index)
  const question = ofDeck(site.study, index)
  const set = site.practice.find(
    ({ deck = 0, tasks, quizzes }) => deck === index && tasks.length > 0 && quizzes.length > 0,
  )
  return {
    picker: text(LessonPicker, {
      ...{ lessons: [lesson], matching: [lesson], has: () => false, full: false, level: '', topic: '' },
    }),
    practice: text(QuestionList, { cards: [ofDeck(site.cards, index)], last: new Map(), today: null }),
    question: text(SayIt, { question, attempts: [] }),
    review: text(ReviewCard, {
      card: { id: 'say', kind: 'say', question, text: question.question },
      isShown: false,
    }),
    ...(set && {
      quizzes: text(QuizList, { sets: [set], records: new Map() }),
      tasks: text(TaskList, { sets: [set], states: new Map() }),
    }),
  }
}

test('with several decks, each place names the deck of its question', () => {
  decks.splice(0, decks.length, ...site.decks)
  expect(new Set(titles).size).toBe(2)
  for (const index of [0, 1])
    for (const [place, text] of Object.entries(places(index)))
      expect(text, `${place} of deck ${index}`).toContain(`${titles[index]} ·`)
})

test('with one, none does', () => {
  decks.splice(0, decks.length, ...site.decks.slice(0, 1))
  for (const [place, text] of Object.entries(places(0))) expect(text, place).not.toContain(titles[0])
})
