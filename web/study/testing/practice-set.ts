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
