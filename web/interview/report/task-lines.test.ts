// @vitest-environment node
import { expect, test } from 'vitest'
import type { ReportQuestion } from '#contract/interview/report.ts'
import { taskCells, taskText } from './task-lines.ts'

const claim = (subject: string, ok: boolean) => ({ subject, expected: '200', actual: ok ? '200' : '422', ok })
const question = (more: object): ReportQuestion =>
  ({
    requests: [
      { id: 'a', method: 'POST', path: '/login', status: 422 },
      { id: 'b', method: 'POST', path: '/login', status: 401 },
    ],
    task: {
      task: {
        title: 'Mend a `login`',
        traps: [{ says: 'That is <code>JSON</code> &amp; no form.' }],
      },
      expectation: { text: 'A token', at: 1, late: false },
      judged: [
        { request: 'a', judgement: { passed: false, claims: [claim('status', false)], trap: null } },
        {
          request: 'b',
          judgement: { passed: false, claims: [claim('status', false), claim('x', true)], trap: 0 },
        },
      ],
      ...more,
    },
  }) as unknown as ReportQuestion

test('the best request of a task is printed with what was expected and the near miss that it is', () => {
  expect(taskText(question({}))).toBe(
    'Task: Mend a login\nExpected: A token\nBest request: POST /login 401, 1 of 2 hold\nNear miss: That is JSON & no form.',
  )
  expect(taskCells(question({}))).toEqual(['Mend a login', 'A token', 'POST /login 401', 1, 2])
})

test('without an expectation, a request or a task, that is what it says', () => {
  expect(taskText(question({ expectation: { text: null, at: 1, late: false }, judged: [] }))).toBe(
    'Task: Mend a login\nExpected: they just tried it\nNo request',
  )
  expect(taskText(question({ expectation: null, judged: [] }))).toContain('Expected: not begun')
  const none = { ...question({}), task: null }
  expect(taskText(none)).toBe('')
  expect(taskCells(none)).toEqual([null, null, null, null, null])
})
