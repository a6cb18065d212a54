import { fingerprintOf, isSameOutcome, type TabRun } from '#contract/interview/bug.ts'
import type { ReportBug, ReportQuestion } from '#contract/interview/report.ts'
import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { diffLines, hunksOf } from '../../original/files/line-diff.ts'
import { runMark } from '../bug/bug-words.ts'
import { counted } from '../texts/wording.ts'

/** What came of a bug, in words for paper and files. */
export interface BugLines {
  title: string
  /** Paths of the files that were changed. */
  changed: string[]
  /** What the candidate's browser reported. */
  reported: string
  /** What came of running their files again. */
  own: string
}

/** @param question without undone changes. @returns null for a question without a bug */
export function bugLines({ bug: report }: Pick<ReportQuestion, 'bug'>): BugLines | null {
  if (report === null) return null
  const { bug, runs, ownRuns } = report
  const [last, own] = [runs.at(-1), ownRuns.at(-1)]
  const present = fingerprintOf(report.withLate ?? report.files)
  const before = ({ files }: TabRun): string => (files === present ? '' : ', before the last edits')
  return {
    title: bug.title.replaceAll('`', ''),
    changed: Object.keys(report.files),
    reported:
      last === undefined
        ? 'no run'
        : `${runMark(bug, last.run).text} (last of ${counted(runs.length, 'run')})${before(last.run)}`,
    own:
      own === undefined
        ? 'not run again by an interviewer'
        : `${runMark(bug, own.run).text}${last && isSameOutcome(last.run, own.run) ? ', as was reported' : ''}${before(own.run)}`,
  }
}

/** The same on a few lines; empty without a bug. */
export function bugText(question: Pick<ReportQuestion, 'bug'>): string {
  const lines = bugLines(question)
  if (lines === null) return ''
  return [
    `Bug: ${lines.title}`,
    `Changed: ${lines.changed.join(', ') || 'nothing'}`,
    `Their browser reported: ${lines.reported}`,
    `Interviewer’s own run: ${lines.own}`,
  ].join('\n')
}

/** Cells of a table: title, changed files, what was reported, runs, what an interviewer's own run came to. */
export function bugCells(question: Pick<ReportQuestion, 'bug'>): (string | number | null)[] {
  const lines = bugLines(question)
  if (lines === null) return [null, null, null, null, null]
  const runs = question.bug?.runs.length ?? 0
  return [lines.title, lines.changed.join(' '), lines.reported, runs, lines.own]
}

/** What was changed, as a diff. @param project the project's files without the bug */
export function bugDiff({ bug, files }: Pick<ReportBug, 'bug' | 'files'>, project: ProjectFiles): string {
  const marks = { same: ' ', removed: '-', added: '+' }
  return Object.entries(files)
    .flatMap(([path, after]) => {
      const hunks = hunksOf(diffLines(bug.files[path] ?? project[path] ?? '', after))
      if (hunks.length === 0) return []
      const parts = hunks.map((hunk) => hunk.map(({ kind, text }) => marks[kind] + text).join('\n'))
      return [`--- ${path}\n${parts.join('\n…\n')}`]
    })
    .join('\n\n')
}
