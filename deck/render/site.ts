import MiniSearch from 'minisearch'
import type { DeckInfo } from '#contract/deck.ts'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import type { Fact } from '#contract/fact.ts'
import type { Deck } from '#contract/lesson.ts'
import type { FactGroup } from '#contract/original-tab/facts.ts'
import type { CodeBook, GlossaryEntry, LessonCard, LessonPage, StudyQuestion } from '#contract/page.ts'
import type { PracticeSet } from '#contract/practice.ts'
import { SEARCH_OPTIONS, type SearchEntry } from '#contract/search.ts'
import type { ReadDeck } from '../load.ts'
import { readProjectFiles } from '../bugs/project-files.ts'
import { readDecks } from '../read-decks.ts'
import { handlersIn } from '../predictions.ts'
import { readRegions } from '../regions.ts'
import { placesOf, renderRegions } from './code.ts'
import { factGroups, factsByLesson } from './facts.ts'
import { sortedGlossary } from './glossary.ts'
import { loadHighlight } from './highlight.ts'
import { createMarkdown } from './markdown.ts'
import { cardOf, renderLesson } from './page.ts'
import { practiceSets } from './practice.ts'
import { lessonQuestionOf } from './question.ts'
import { questionBugsOf } from './question-bugs.ts'
import { questionTasksOf, snippetSourcesOf } from './question-offers.ts'
import { searchEntries } from './search.ts'
import { studyQuestionOf } from './study.ts'

/** Everything that pages are made of. */
export interface Site {
  /** How pages name each deck; the first one names the site. */
  decks: DeckInfo[]
  cards: LessonCard[]
  lessons: Map<string, LessonPage>
  code: CodeBook
  /** The list of all facts, and the facts of each lesson that has any, by its name. */
  factGroups: FactGroup[]
  facts: Map<string, Fact[]>
  /** What each lesson gives to an interview. */
  questions: LessonQuestion[]
  /** The terms of all lessons, in alphabetical order. */
  glossary: GlossaryEntry[]
  /** What each lesson gives to practice. */
  study: StudyQuestion[]
  /** Tasks and quizzes of the lessons that have any. */
  practice: PracticeSet[]
  /** The pictures of all lessons: files by address. */
  pictures: Map<string, string>
  /** The search index, as MiniSearch writes it. */
  search: object
}

/**
 * Reads decks and makes all that pages show of them.
 * @param folders of one deck or several
 * @param root the folder of the whole project, where the twins stand
 * @throws ContentError when a deck has a fault
 */
export async function renderSite(folders: string | readonly string[], root: string): Promise<Site> {
  const [decks, regions, project, highlight] = await Promise.all([
    readDecks([folders].flat(), root),
    readRegions(root),
    readProjectFiles(root),
    loadHighlight(),
  ])
  const twins = await renderRegions(root, regions, highlight)
  const markdown = createMarkdown(highlight)
  const deck = decks.flatMap((each) => each.deck)
  const lessons = decks.flatMap((each, index) =>
    each.deck.map((lesson) =>
      renderLesson(lesson, { ...each, index }, { markdown, highlight, regions: twins }),
    ),
  )
  const glossary = sortedGlossary(
    lessons.flatMap(({ page, glossary: entries }) =>
      entries.map((entry) => ({ ...entry, lesson: { ...entry.lesson, ...deckOf(decks, page.slug) } })),
    ),
  )
  const ofDeck = <T extends { slug: string }>(item: T): T => ({ ...item, ...deckOf(decks, item.slug) })
  const practice = practiceSets(deck, { markdown, highlight }).map(ofDeck)
  const beliefs = practice.flatMap(({ misconceptions }) => misconceptions)
  const code = [...twins].map(([region, pieces]) => [
    region,
    {
      ...placesOf(region, pieces),
      html: { python: pieces.python.html, typescript: pieces.typescript.html },
    },
  ])
  return {
    decks: decks.map(({ info }) => info),
    cards: deck.map((lesson) => ofDeck(cardOf(lesson))),
    lessons: new Map(lessons.map(({ page }) => [page.name, page])),
    code: Object.fromEntries(code) as CodeBook,
    factGroups: factGroups(deck),
    facts: factsByLesson(deck),
    questions: deck.map((lesson) =>
      ofDeck(
        lessonQuestionOf(lesson, markdown, {
          tasks: practice
            .filter(({ slug }) => slug === lesson.slug)
            .flatMap((set) => questionTasksOf(set, beliefs)),
          bugs: practice
            .filter(({ slug }) => slug === lesson.slug)
            .flatMap(({ bugs }) => questionBugsOf(lesson, bugs, { misconceptions: beliefs, project })),
          sources: snippetSourcesOf(lesson, regions),
        }),
      ),
    ),
    practice,
    study: deck.map((lesson) => ofDeck(studyQuestionOf(lesson, markdown, handlersIn(twins)))),
    glossary,
    pictures: new Map(
      decks
        .flatMap((each) => each.lessons)
        .flatMap(({ pictures }) => pictures.map(({ address, path }) => [address, path])),
    ),
    search: searchIndex(deck, glossary),
  }
}

/** Which of several decks a lesson is of. */
function deckOf(decks: readonly ReadDeck[], slug: string): { deck?: number } {
  const deck = decks.findIndex((each) => each.deck.some((lesson) => lesson.slug === slug))
  return deck > 0 ? { deck } : {}
}

function searchIndex(deck: Deck, glossary: readonly GlossaryEntry[]): object {
  const index = new MiniSearch<SearchEntry>(SEARCH_OPTIONS)
  index.addAll(searchEntries(deck, glossary))
  return index.toJSON()
}
