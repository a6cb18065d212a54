// @vitest-environment node
import { expect, test } from 'vitest'
import { fingerprintOf } from '#contract/interview/bug.ts'
import type { Report, ReportBug } from '#contract/interview/report.ts'
import { bugCells, bugDiff, bugText } from './bug-lines.ts'
import { withoutUndoneChanges } from './undone-changes.ts'

const claim = (name: string, held = true) => ({ name, held })
const FILES = { 'schemas.py': 'a\nb', 'main.py': 'x = 2' }
const run = (held: boolean, files = fingerprintOf(FILES)) => ({
  files,
  error: null,
  claims: [claim('list/no-hash', held), claim('log-in/works')],
})
const report = (more: Partial<ReportBug> = {}): { bug: ReportBug } => ({
  bug: {
    bug: {
      ...{
        lesson: '07-password-hashing',
        id: 'hash',
        title: 'The `hash` is shown',
        ask: '',
        paths: [],
        steps: [],
      },
      ...{ files: { 'schemas.py': 'a\nhash\nb' }, red: ['list/no-hash'], nearMisses: [], hints: [] },
      ...{ solution: [], why: '' },
    },
    ...{ files: FILES, withLate: null, lateAt: null },
    runs: [
      { run: run(false), at: 1, late: false },
      { run: run(true), at: 2, late: false },
    ],
    ownRuns: [{ run: run(true), at: 3, interviewer: 'ida' }],
    ...more,
  },
})

test('a bug is printed with the changed files, what was reported, and what the interviewer’s own run came to', () => {
  expect(bugText(report())).toBe(
    'Bug: The hash is shown\nChanged: schemas.py, main.py\n' +
      'Their browser reported: fixed: all 2 checks hold (last of 2 runs)\n' +
      'Interviewer’s own run: fixed: all 2 checks hold, as was reported',
  )
  const other = report({ ownRuns: [{ run: run(false), at: 3, interviewer: 'ida' }] })
  expect(bugText(other)).toContain('own run: 1 of 2 checks hold, as with the bug')
  expect(bugText(other)).not.toContain('as was reported')
})

test('without changes, runs or a bug, that is what it says', () => {
  const nothing = report({ files: {}, runs: [], ownRuns: [] })
  expect(bugText(nothing)).toBe(
    'Bug: The hash is shown\nChanged: nothing\nTheir browser reported: no run\n' +
      'Interviewer’s own run: not run again by an interviewer',
  )
  expect([bugText({ bug: null }), bugCells({ bug: null })]).toEqual(['', [null, null, null, null, null]])
})

test('a run of other code than the final one says so: it doesn’t judge the last edits', () => {
  const old = run(false, fingerprintOf({}))
  const text = bugText(
    report({
      runs: [{ run: old, at: 1, late: false }],
      ownRuns: [{ run: run(true), at: 3, interviewer: 'ida' }],
    }),
  )
  expect(text).toContain(
    'reported: 1 of 2 checks hold, as with the bug (last of 1 run), before the last edits\n',
  )
  expect(text).toMatch(/own run: fixed: all 2 checks hold$/)
})

test('a file that was changed and put back is no change', () => {
  const { bug } = report({
    files: { ...FILES, 'auth.py': 'as given' },
    withLate: { 'schemas.py': 'a\nhash\nb' },
  })
  const whole = { questions: [{ bug }, { bug: null }] } as Report
  const { questions } = withoutUndoneChanges(whole, { 'main.py': 'x = 1', 'auth.py': 'as given' })
  expect(questions[0]?.bug).toMatchObject({ files: FILES, withLate: {} })
  expect(bugCells(questions[0]!)[1]).toBe('schemas.py main.py')
  expect(questions[1]?.bug).toBeNull()
})

test('the diff is against what the candidate was given, also in files without the bug', () => {
  expect(bugDiff(report().bug, { 'main.py': 'x = 1', 'schemas.py': 'a\nb' })).toBe(
    '--- schemas.py\n a\n-hash\n b\n\n--- main.py\n-x = 1\n+x = 2',
  )
})
