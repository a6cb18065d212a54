import MiniSearch from 'minisearch'
import type { LessonQuestion } from '#contract/interview/plan.ts'
import type { Deck } from '#contract/lesson.ts'
import type { CodeBook, GlossaryEntry, LessonCard, LessonPage, StudyQuestion } from '#contract/page.ts'
import type { PracticeSet } from '#contract/practice.ts'
import { SEARCH_OPTIONS, type SearchEntry } from '#contract/search.ts'
import { readDeck } from '../load.ts'
import { handlersIn } from '../predictions.ts'
import { readRegions } from '../regions.ts'
import { placesOf, renderRegions } from './code.ts'
import { sortedGlossary } from './glossary.ts'
import { loadHighlight } from './highlight.ts'
import { createMarkdown } from './markdown.ts'
import { cardOf, renderLesson } from './page.ts'
import { practiceSets } from './practice.ts'
import { lessonQuestionOf } from './question.ts'
import { questionTasksOf, snippetSourcesOf } from './question-offers.ts'
import { searchEntries } from './search.ts'
import { studyQuestionOf } from './study.ts'

/** Everything that pages are made of. */
export interface Site {
  cards: LessonCard[]
  lessons: Map<string, LessonPage>
  code: CodeBook
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
 * Reads a deck and makes all that pages show of it.
 * @param folder the deck's folder
 * @param root the folder of the whole project, where the twins stand
 * @throws ContentError when the deck has a fault
 */
export async function renderSite(folder: string, root: string): Promise<Site> {
  const [{ deck, lessons: read }, regions, highlight] = await Promise.all([
    readDeck(folder, root),
    readRegions(root),
    loadHighlight(),
  ])
  const twins = await renderRegions(root, regions, highlight)
  const markdown = createMarkdown(highlight)
  const lessons = deck.map((lesson) => renderLesson(lesson, deck, { markdown, highlight, regions: twins }))
  const glossary = sortedGlossary(lessons.flatMap((lesson) => lesson.glossary))
  const practice = practiceSets(deck, { markdown, highlight })
  const beliefs = practice.flatMap(({ misconceptions }) => misconceptions)
  const code = [...twins].map(([region, pieces]) => [
    region,
    {
      ...placesOf(region, pieces),
      html: { python: pieces.python.html, typescript: pieces.typescript.html },
    },
  ])
  return {
    cards: deck.map(cardOf),
    lessons: new Map(lessons.map(({ page }) => [page.slug, page])),
    code: Object.fromEntries(code) as CodeBook,
    questions: deck.map((lesson) =>
      lessonQuestionOf(lesson, markdown, {
        tasks: practice
          .filter(({ slug }) => slug === lesson.slug)
          .flatMap((set) => questionTasksOf(set, beliefs)),
        sources: snippetSourcesOf(lesson, regions),
      }),
    ),
    practice,
    study: deck.map((lesson) => studyQuestionOf(lesson, markdown, handlersIn(twins))),
    glossary,
    pictures: new Map(read.flatMap(({ pictures }) => pictures.map(({ address, path }) => [address, path]))),
    search: searchIndex(deck, glossary),
  }
}

function searchIndex(deck: Deck, glossary: readonly GlossaryEntry[]): object {
  const index = new MiniSearch<SearchEntry>(SEARCH_OPTIONS)
  index.addAll(searchEntries(deck, glossary))
  return index.toJSON()
}
