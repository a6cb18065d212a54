// @vitest-environment node
import { expect, test } from 'vitest'
import { PlanItem } from '#contract/interview/plan.ts'
import { withBug, withTask } from './offers.ts'

const item: PlanItem = { from: 'lesson', slug: '05-jwt', playground: 'requests', note: '' }
const choice = { lesson: '05-jwt', id: 'one' }

test('a question has a task or a bug, and the one that is chosen replaces the other', () => {
  const bug = withBug(withTask(item, choice), choice)
  expect(bug).toEqual({ ...item, bug: choice, playground: 'closed' })
  const task = withTask(bug, choice)
  expect(task).toEqual({ ...item, task: choice, playground: 'requests' })
  expect([withTask(task, null), withBug(bug, null)]).toEqual([item, { ...item, playground: 'closed' }])
  expect(withTask(bug, null)).toEqual(bug)
  for (const one of [bug, task]) expect(PlanItem.safeParse(one).success).toBe(true)
  expect(PlanItem.safeParse({ ...task, bug: choice }).success).toBe(false)
})
