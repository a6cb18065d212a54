import { verdictOn, type QuestionBug, type TabRun } from '#contract/interview/bug.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'

/** What a run came to, as a badge says it. */
export interface RunMark {
  text: string
  tone: 'ok' | 'warn' | 'bad'
}

/** `fixed: all 9 checks hold`, `7 of 9 checks hold`, or that it doesn't run. */
export function runMark(bug: QuestionBug, run: TabRun): RunMark {
  if (run.error !== null) return { text: `doesn’t run: ${run.error.type}`, tone: 'bad' }
  const held = run.claims.filter((one) => one.held).length
  if (verdictOn(bug, run).passed) return { text: `fixed: all ${held} checks hold`, tone: 'ok' }
  const unchanged = verdictOn(bug, run).isUnchanged ? ', as with the bug' : ''
  return { text: `${held} of ${run.claims.length} checks hold${unchanged}`, tone: 'warn' }
}

/** What a claim of a bug's checks shows, by its name; words between backticks are code. */
export function claimText({ steps }: QuestionBug, name: string): string {
  const [id, claimId] = name.split('/')
  const claim = steps.find((step) => step.id === id)?.claims.find((one) => one.id === claimId)
  return claim?.shows ?? name
}

/** The files that a candidate changed for a question. @param texts of a room, by name: `file/q1/main.py` */
export function filesIn(texts: Readonly<Record<string, string>>, question: string): ProjectFiles {
  const prefix = `file/${question}/`
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), text]] : [],
    ),
  )
}
