import type { StudyQuestion } from '#contract/page.ts'
import type { Attempt } from '../attempts.ts'
import { SOLID } from '../progress/question-states.ts'
import { knownOn } from '../progress/likelihood.ts'
import { cardId } from '../review/cards.ts'
import type { Schedule } from '../review/schedule.ts'

/** What is less likely to be known today is marked. */
export const WEAK_BELOW = 0.8

/** A short line of the sheet. */
interface SheetLine {
  text: string
  isWeak: boolean
}

/** What the cheat sheet has of a question. */
export interface SheetEntry {
  slug: string
  number: number
  /** Which of several decks it is of: see `StudyQuestion`. */
  deck: number | undefined
  title: string
  question: string
  isWeak: boolean
  /** The first sentence of the answer, as plain text. */
  say: string
  points: SheetLine[]
  /** Common mistakes: what not to say. */
  mistakes: SheetLine[]
}

/**
 * The cheat sheet, question by question. Marked as weak is what was seen and is known today with less than 80 %; a question, too, if it
 * was not solid when it was said last.
 * @param last the last attempt at each question, by slug
 */
export function sheetOf(
  questions: readonly StudyQuestion[],
  last: ReadonlyMap<string, Attempt>,
  schedule: Pick<Schedule, 'cards' | 'today'>,
): SheetEntry[] {
  const isWeak = (id: string): boolean => {
    const state = schedule.cards.get(id)
    return state !== undefined && knownOn(state, schedule.today) < WEAK_BELOW
  }
  return questions.map(({ slug, number, deck, title, question, say, keyPoints, commonMistakes }) => ({
    ...{ slug, number, deck, title, question, say: firstSentence(say) },
    isWeak: isWeak(cardId('say', slug)) || (last.get(slug)?.level ?? SOLID) < SOLID,
    points: keyPoints.map((text) => ({ text, isWeak: isWeak(cardId('point', slug, text)) })),
    mistakes: commonMistakes.map(({ mistake }) => ({
      text: mistake,
      isWeak: isWeak(cardId('mistake', slug, mistake)),
    })),
  }))
}

/** The first sentence of HTML, as plain text. A full stop ends it only before a space and a capital letter. */
export function firstSentence(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html')
  const text = (body.querySelector('p') ?? body).textContent.replaceAll(/\s+/g, ' ').trim()
  return /^.*?[.!?](?= \p{Lu}|$)/u.exec(text)?.[0] ?? text
}
