// @vitest-environment node
import { expect, test } from 'vitest'
import { eventAt } from '../testing/generated-log.ts'
import { taskStates } from './task-record.ts'

const tried = (more: object) =>
  eventAt(1_800_000_000_000, {
    kind: 'task' as const,
    ...{ slug: '01-one', task: 'a-task', isPassed: false, requests: 1, hints: 0, sawSolution: false },
    ...{ misconceptions: [], ...more },
  })
const state = (...tries: object[]) => taskStates(tries.map(tried)).get('01-one/a-task')

test('the best try of a task counts, whatever came after it', () => {
  expect(state()).toBeUndefined()
  expect(state({})).toBe('tried')
  expect(state({ isPassed: true, sawSolution: true, hints: 2 })).toBe('solution seen')
  expect(state({ isPassed: true, hints: 1 })).toBe('passed with hints')
  expect(state({ isPassed: true, hints: 1 }, { isPassed: true }, { sawSolution: true })).toBe('passed')
})
