import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import type { LessonCard, StudyQuestion } from '#contract/page.ts'
import type { PracticeSet } from '#contract/practice.ts'
import GlossaryPage from '../home/GlossaryPage.vue'
import LessonChoice from '../playground/steps/LessonChoice.vue'
import CheatSheet from './cheat-sheet/CheatSheet.vue'
import MockTasks from './mock/MockTasks.vue'
import QuestionList from './practice/QuestionList.vue'
import MisconceptionList from './progress/MisconceptionList.vue'
import QuestionStates from './progress/QuestionStates.vue'
import QuizList from './quiz/QuizList.vue'
import LeechNotices from './review/LeechNotices.vue'
import TaskRows from './tasks/TaskRows.vue'

// What the author of the first deck writes is all "Word", and of the second one "Wort".
vi.mock('virtual:decks', () => ({
  decks: [
    { title: 'Word', heading: 'Word', language: 'en' },
    { title: 'Wort', heading: 'Wort', language: 'de' },
  ],
}))
vi.mock('virtual:site-title', () => ({ hasForeignProse: true, siteLanguage: 'en', siteTitle: 'Word' }))
vi.mock('virtual:glossary', () => ({
  glossary: [
    { id: 'a', term: 'Word', meaning: 'Word', lesson: { number: 1, title: 'Word' }, to: '/lessons/a' },
    {
      id: 'b',
      term: 'Wort',
      meaning: 'Wort',
      lesson: { number: 1, title: 'Wort', deck: 1 },
      to: '/lessons/b',
    },
  ],
}))
vi.mock('./log/study-store.ts', () => ({ useStudyStore: () => ({ log: [], isOpen: true }) }))
vi.mock('./review/use-desk.ts', () => ({ useSchedule: () => ({ value: { cards: new Map(), today: 0 } }) }))

const ofDeck = (deck: number) => {
  const words = deck === 0 ? 'Word' : 'Wort'
  const link = { slug: `lesson-${deck}`, name: `lesson-${deck}`, number: 1, title: words, question: words }
  return { ...link, ...(deck > 0 && { deck }), words }
}
const both = [ofDeck(0), ofDeck(1)]

const cards = both.map((of) => ({
  ...of,
  level: 'starter',
  minutes: 5,
  topics: [],
  claims: [],
})) as unknown as LessonCard[]
const questions = both.map((of) => ({
  ...{ ...of, say: `<p>${of.words}</p>`, keyPoints: [of.words], followUps: [] },
  commonMistakes: [{ mistake: of.words, explanation: '' }],
})) as unknown as StudyQuestion[]
const sets = both.map((of) => ({
  ...{ ...of, tasks: [], quizzes: [{ id: 'quiz' }], bugs: [] },
  misconceptions: [{ id: `belief-${of.slug}`, belief: of.words, truth: of.words }],
})) as unknown as PracticeSet[]

const screens: [name: string, component: unknown, props: object][] = [
  ['questions to say', QuestionList, { cards, last: new Map(), today: null }],
  ['quizzes', QuizList, { sets, records: new Map() }],
  [
    'tasks and bugs',
    TaskRows,
    {
      rows: sets.map((set) => ({
        ...{ key: set.slug, set, title: set.title, to: '/practice', state: 'tried', words: 'tried' },
      })),
    },
  ],
  [
    'progress by question',
    QuestionStates,
    {
      today: 0,
      states: cards.map((card) => ({ card, isRead: true, proved: 0, likelihood: null, seen: 0, cards: 0 })),
    },
  ],
  [
    'misconceptions',
    MisconceptionList,
    {
      cards,
      met: both.map(({ slug, words }) => ({
        id: slug,
        belief: words,
        truth: words,
        slugs: [slug],
        isGone: false,
      })),
    },
  ],
  [
    'tasks of a mock interview',
    MockTasks,
    { misconceptions: [], tasks: sets.map((set) => ({ key: set.slug, set, task: { title: set.title } })) },
  ],
  [
    'cards that don’t stick',
    LeechNotices,
    {
      sets: [],
      cards: questions.map((question) => ({
        id: question.slug,
        kind: 'point',
        question,
        text: question.title,
      })),
    },
  ],
  ['the cheat sheet', CheatSheet, { questions }],
  ['the glossary', GlossaryPage, {}],
  ['lessons in the playground', LessonChoice, { cards, chosen: null }],
]

beforeEach(() => vi.stubGlobal('scrollTo', () => undefined))

test.each(screens)(
  '%s: each deck’s text is marked with its own language, and no attribute has it',
  async (_, component, props) => {
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/:all(.*)', component: { render: () => null } }],
    })
    await router.push('/')
    const page = mount(component as typeof TaskRows, { props: props as never, global: { plugins: [router] } })
    const root = page.element.parentElement ?? (page.element as Element)
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    const marked: string[] = []
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode as Text
      if (/Word|Wort/.test(data))
        marked.push(`${data.trim()} ${parentElement?.closest('[lang]')?.getAttribute('lang') ?? 'en'}`)
    }
    expect(new Set(marked)).toEqual(new Set(['Word en', 'Wort de']))
    const attributes = [...root.querySelectorAll('*')].flatMap((element) => [...element.attributes])
    expect(attributes.filter(({ value }) => value.includes('Wort')).map(({ name }) => name)).toEqual([])
  },
)
