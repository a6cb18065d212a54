import type { Claim } from './claim.ts'
import type { Rubric } from './interview/rubric.ts'
import type { Reworded, Source, Step } from './lesson.ts'
import type { Level } from './level.ts'
import type { QuizView } from './practice.ts'
import type { Prediction } from './predict/prediction.ts'

/** What a link to a lesson needs. */
export interface LessonLink {
  slug: string
  /** Its address is `/lessons/<name>`. */
  name: string
  number: number
  title: string
  question: string
}

/** A sentence of a lesson that the home page proves, and the step that does. */
export interface HomeProof {
  /** Id of the claim that the sentence belongs to. */
  claim: string
  sentence: string
  step: Pick<Step, 'id' | 'method' | 'path' | 'json'> & {
    number: number
    claims: Pick<Claim, 'id' | 'shows'>[]
  }
}

/** A lesson as lists show it. */
export interface LessonCard extends LessonLink {
  /** Which of several decks it is of, from 0; those of the first have none. */
  deck?: number
  level: Level
  minutes: number
  topics: string[]
  /** Trace steps that it explains, from its front matter. */
  explains: string[]
  /** Ids of its claims, from which progress is counted. */
  claims: string[]
  proof?: HomeProof
}

/** Where a region is in one twin. */
export interface CodePlace {
  /** Relative to the project's folder, such as `routers/users.py`. */
  file: string
  /** Line numbers in the file, from 1. */
  first: number
  last: number
}

/** One region in both languages. The code itself is HTML, rendered by the build. */
export interface CodeTwins {
  region: string
  python: CodePlace
  typescript: CodePlace
}

/**
 * A lesson as its page shows it. All Markdown is HTML in `html`, by part: `answer`, `why`, `today`, `wrong-0`, `follow-0`, and
 * `py:<region>`, `ts:<region>` for code. A page that was prerendered takes them from its own document instead of loading them again.
 */
export interface LessonPage extends LessonCard {
  /** What its deck calls the answer. */
  answerTitle: string
  /** The language of its prose. */
  language: string
  keyPoints: string[]
  reworded: Reworded[]
  /** How much there is to practise with. */
  practice: { quizzes: number; tasks: number; bugs: number }
  checked: { date: string; with: string }
  sources: Source[]
  /** Headings of the wrong answers. */
  commonMistakes: string[]
  /** The follow-up questions. */
  followUps: string[]
  code: (CodeTwins & { says: string })[]
  steps: Step[]
  /** What to predict before a step runs, by the step's id. Not every step has something. */
  predictions: Readonly<Record<string, Prediction>>
  related: LessonLink[]
  previous: LessonLink | null
  next: LessonLink | null
  html: Record<string, string>
}

/** A term of the trade, with the paragraph that explains it. */
export interface GlossaryEntry {
  /** Its anchor on the glossary page. */
  id: string
  term: string
  /** What its letters stand for. */
  long?: string
  /** One sentence; words between backticks are code. */
  meaning: string
  /** `deck`: which of several decks it is of, as in `LessonCard`. */
  lesson: { number: number; title: string; deck?: number }
  /** Address of the paragraph within the site. */
  to: string
}

/**
 * A question as one practises it away from its lesson. What is HTML here has no marks: nothing in it links to a step or a fact.
 * `/study.json` has all of a deck.
 */
export interface StudyQuestion extends LessonLink {
  /** As in `LessonCard`. */
  deck?: number
  level: Level
  topics: string[]
  /** HTML: the answer to say today; in a deck without one, the answer as it is usually given. */
  say: string
  keyPoints: string[]
  rubric: Rubric
  /** The answers are HTML. */
  followUps: { question: string; answer: string }[]
  /** The explanations are HTML. */
  commonMistakes: { mistake: string; explanation: string }[]
  /** What its steps ask before they run, each as a quiz with the id `<step>:<ask>`. Absent from a copy that an older version stored. */
  predictions?: QuizView[]
}

/** `/code.json`: every region of the project, for steps whose code a lesson doesn't show. */
export type CodeBook = Record<string, CodeTwins & { html: { python: string; typescript: string } }>
