import { expect, test } from 'vitest'
import type { ReportBug } from '#contract/interview/report.ts'
import { bugCells, bugDiff, bugText } from './bug-lines.ts'

const claim = (name: string, held = true) => ({ name, held })
const run = (held: boolean, files = '0000000a') => ({
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
    ...{ files: { 'schemas.py': 'a\nb', 'main.py': 'x = 2' }, withLate: null, lateAt: null },
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

test('the diff is against what the candidate was given, also in files without the bug', () => {
  expect(bugDiff(report().bug, { 'main.py': 'x = 1', 'schemas.py': 'a\nb' })).toBe(
    '--- schemas.py\n a\n-hash\n b\n\n--- main.py\n-x = 1\n+x = 2',
  )
})
