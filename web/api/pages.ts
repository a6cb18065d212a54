import type { CodeBook, LessonCard, LessonPage, StudyQuestion } from '#contract/page.ts'
import type { PracticeSet } from '#contract/practice.ts'

/** Where pages get their content from: the build while they are prerendered, this host's files in a browser. */
export interface PageSource {
  cards: () => Promise<LessonCard[]>
  /** `null` when there is no such lesson. */
  lesson: (name: string) => Promise<LessonPage | null>
}

/** Thrown when a file of this site could not be loaded. */
class PageFailure extends Error {
  override readonly name = 'PageFailure'
}

/** The files that the build wrote beside the pages. They are part of this very build, so their shape is known. */
export const fetchedPages: PageSource = {
  cards: async () => (await import('virtual:lessons')).cards,
  lesson: async (name) =>
    (await fetchFile(`/lessons/${encodeURIComponent(name)}.json`, 'optional')) as LessonPage | null,
}

/** Every region of the twins, for steps whose lines the lesson itself doesn't show. */
export async function fetchCodeBook(): Promise<CodeBook> {
  return (await fetchFile('/code.json')) as CodeBook
}

/** Every question of the deck with what one checks an answer by. */
export async function fetchStudyQuestions(): Promise<StudyQuestion[]> {
  return (await fetchFile('/study.json')) as StudyQuestion[]
}

/** Tasks, quizzes and misconceptions of the lessons that have any; none in a deck without practice. */
export async function fetchPractice(): Promise<PracticeSet[]> {
  return (await fetchFile('/practice.json')) as PracticeSet[]
}

/** The search index as text, the way MiniSearch takes it. */
export async function fetchSearchIndex(): Promise<string> {
  return JSON.stringify(await fetchFile('/search.json'))
}

/**
 * A file of this very build. The page names its build, so that it never gets another build's file. Pages of interviews have none: they take what is there.
 * @returns null for an optional file that isn't there
 * @throws PageFailure
 */
export async function fetchFile(path: string, need: 'required' | 'optional' = 'required'): Promise<unknown> {
  try {
    const response = await fetch(`${path}?build=${document.documentElement.dataset.build ?? ''}`, {
      headers: { Accept: 'application/json' },
    })
    if (response.status === 404 && need === 'optional') return null
    if (response.ok) return await response.json()
  } catch {
    dispatchEvent(new Event('viva:unreachable'))
  }
  throw new PageFailure(`${path} could not be loaded`)
}
