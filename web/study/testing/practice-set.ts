import type { BugView } from '#contract/bug.ts'
import type { PracticeSet, QuizChoice, QuizView, TaskView } from '#contract/practice.ts'

/** A question of a quiz whose first option is right; the others each have a misconception of their name. */
export function choice(...options: [right: string, ...wrong: string[]]): QuizChoice {
  return {
    ask: '',
    options: options.map((says, index) => ({
      says,
      feedback: index === 0 ? null : `Not ${says}.`,
      misconception: index === 0 ? null : says,
    })),
    right: 0,
  }
}

/** A quiz with one question. */
export function quiz(id: string, more: Partial<QuizView> = {}): QuizView {
  return {
    ...{ id, kind: 'predict', ask: `<p>What of ${id}?</p>`, code: null, order: null, why: 'So it is.' },
    choices: [choice('yes', 'no')],
    ...more,
  }
}

/** A task that a 422 passes. @param misconception behind its only trap */
export function task(id: string, misconception?: string): TaskView {
  const request = { as: 'nobody' as const, method: 'GET' as const, path: '/users/x', headers: {}, save: {} }
  return {
    ...{ id, title: `Do ${id}`, ask: 'Get a 422.', after: [], sent: [], expect: { status: 422 } },
    traps: [{ sent: [], says: 'Close.', ...(misconception === undefined ? {} : { misconception }) }],
    ...{
      hints: ['A nudge', 'Nearly all'],
      solution: [request],
      nearMiss: [{ ...request, path: '/users/1' }],
    },
  }
}

/** A bug that changes the list of `routers/items.py`. */
export function bug(id: string): BugView {
  const edit = { file: 'routers/items.py', replace: '["item1", "item2"]', with: '["item1"]' }
  const fix = { ...edit, replace: edit.with, with: edit.replace }
  return {
    ...{ id, title: `Fix ${id}`, ask: '<p>One is gone.</p>', edits: [edit], checks: [], red: ['items/two'] },
    ...{ hints: ['A nudge', 'Nearly all'], solution: [fix], why: '<p>One was missing.</p>' },
    nearMisses: [{ edits: [fix], red: ['items/first'], says: 'Close.' }],
  }
}

/** What a lesson gives to practise with. */
export function practiceSet(number: number, slug: string, more: Partial<PracticeSet> = {}): PracticeSet {
  return {
    slug,
    name: slug,
    number,
    title: slug,
    misconceptions: [],
    tasks: [],
    quizzes: [],
    bugs: [],
    ...more,
  }
}
