import type { Source, Step } from './lesson.ts'
import type { Level } from './level.ts'

/** What a link to a lesson needs. */
export interface LessonLink {
  slug: string
  number: number
  title: string
  question: string
}

/** A lesson as lists show it. */
export interface LessonCard extends LessonLink {
  level: Level
  minutes: number
  topics: string[]
  /** Trace steps that it explains, as its front matter names them. */
  explains: string[]
  /** Ids of its claims: progress is counted by them. */
  claims: string[]
}

/** Where lines of one twin stand. */
export interface CodePlace {
  /** As a reader of the project calls it, such as `routers/users.py`. */
  file: string
  /** Number of the first line in its file. */
  first: number
  last: number
}

/** One region in both languages. The lines themselves are HTML, made at build. */
export interface CodeTwins {
  region: string
  python: CodePlace
  typescript: CodePlace
}

/**
 * A lesson as its page shows it. All Markdown is HTML in `html`, by part: `answer`, `why`, `today`, `wrong-0`, `follow-0`, and
 * `py:<region>`, `ts:<region>` for code. A page that came as HTML takes them from its own document instead of a second copy.
 */
export interface LessonPage extends LessonCard {
  keyPoints: string[]
  checked: { date: string; with: string }
  sources: Source[]
  /** Headings of the wrong answers. */
  commonMistakes: string[]
  /** The follow-up questions. */
  followUps: string[]
  code: (CodeTwins & { says: string })[]
  steps: Step[]
  related: LessonLink[]
  previous: LessonLink | null
  next: LessonLink | null
  html: Record<string, string>
}

/** `/code.json`: every region of the project, for steps whose lines a lesson doesn't show. */
export type CodeBook = Record<string, CodeTwins & { html: { python: string; typescript: string } }>
