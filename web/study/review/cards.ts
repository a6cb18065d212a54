import type { StudyQuestion } from '#contract/page.ts'
import type { BugView } from '#contract/bug.ts'
import type { PracticeSet, QuizView } from '#contract/practice.ts'
import { quizKey, type QuizItem } from '../quiz/quiz-items.ts'

/** What a card asks for. */
export type CardKind = 'say' | 'point' | 'follow-up' | 'mistake' | 'quiz' | 'predict' | 'bug'

export interface StudyCard {
  id: string
  kind: CardKind
  question: StudyQuestion
  /** The key point, follow-up, mistake or what a quiz asks; the question itself where it is to be said. */
  text: string
  /** What a card of this kind is answered by. */
  quiz?: QuizItem
  /** What a card of this kind is fixed in. */
  bug?: { set: PracticeSet; bug: BugView }
}

/** Seconds that a card takes, for estimates. */
const SECONDS: Readonly<Record<CardKind, number>> = {
  ...{ say: 90, point: 25, 'follow-up': 45, mistake: 30, quiz: 30, predict: 30, bug: 300 },
}

/** Identifies a card by its text: a point that was rewritten is a new card. Quizzes, predictions and bugs have ids. */
export function cardId(kind: CardKind, slug: string, text = ''): string {
  return kind === 'say' ? `say:${slug}` : `${kind}:${slug}:${text}`.slice(0, 500)
}

/** The slug of the question that a card belongs to. */
export function slugOf(id: string): string {
  return id.split(':')[1] ?? ''
}

/**
 * Every card of a deck in the order in which new ones are introduced: question by question, each said first, then its key points,
 * mistakes and follow-ups in turn, so that one point rarely stands right after another that shows it. Its quizzes come last, and
 * what was predicted wrong, and bugs that weren't fixed without help.
 * @param missed ids of the predictions and bugs that are cards; no others are
 */
export function cardsOf(
  questions: readonly StudyQuestion[],
  sets: readonly PracticeSet[] = [],
  missed: ReadonlySet<string> = new Set(),
): StudyCard[] {
  return questions.flatMap((question) => {
    const card = (kind: CardKind, text: string): StudyCard => ({
      ...{ id: cardId(kind, question.slug, text), kind, question, text },
    })
    const points = question.keyPoints.map((text) => card('point', text))
    const others = [
      ...question.commonMistakes.map(({ mistake }) => card('mistake', mistake)),
      ...question.followUps.map((followUp) => card('follow-up', followUp.question)),
    ]
    const mixed = points.flatMap((point, index) => [point, ...others.slice(index, index + 1)])
    const own = sets.filter(({ slug }) => slug === question.slug)
    const quizzes = own.flatMap((set) => set.quizzes.map((quiz) => quizCard(question, set, quiz)))
    const bugs = own.flatMap((set) => set.bugs.map((bug) => bugCard(question, set, bug)))
    const predictions = (question.predictions ?? []).map((quiz) => predictCard(question, quiz))
    return [
      ...[card('say', question.question), ...mixed, ...others.slice(points.length), ...quizzes],
      ...[...predictions, ...bugs].filter(({ id }) => missed.has(id)),
    ]
  })
}

function quizCard(question: StudyQuestion, set: PracticeSet, quiz: QuizView): StudyCard {
  return {
    ...{ id: cardId('quiz', set.slug, quiz.id), kind: 'quiz', question },
    text: plainText(quiz.ask || (quiz.choices[0]?.ask ?? '')),
    quiz: { key: quizKey(set.slug, quiz.id), set, quiz },
  }
}

/** A prediction is answered as a quiz is. */
function predictCard(question: StudyQuestion, quiz: QuizView): StudyCard {
  const { slug, name, number, title } = question
  const set = { slug, name, number, title, misconceptions: [], tasks: [], bugs: [], quizzes: [quiz] }
  return {
    ...{ id: cardId('predict', slug, quiz.id), kind: 'predict', question, text: plainText(quiz.ask) },
    quiz: { key: quizKey(slug, quiz.id), set, quiz },
  }
}

function bugCard(question: StudyQuestion, set: PracticeSet, bug: BugView): StudyCard {
  return {
    ...{ id: cardId('bug', set.slug, bug.id), kind: 'bug', question },
    ...{ text: bug.title, bug: { set, bug } },
  }
}

/** HTML of the deck as a text in which words between backticks are code. */
function plainText(html: string): string {
  const text = html.replace(/<\/?code[^>]*>/g, '`').replace(/<[^>]*>/g, ' ')
  const entities: Record<string, string> = {
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
    '&amp;': '&',
  }
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity).trim()
}

/** Minutes that cards take, rounded up; none take none. */
export function minutesFor(kinds: readonly CardKind[]): number {
  return Math.ceil(kinds.reduce((sum, kind) => sum + SECONDS[kind], 0) / 60)
}
