import type { QuestionBug, TabRun } from '#contract/interview/bug.ts'
import type { Plan, Question } from '#contract/interview/plan.ts'
import type { Judgement, QuestionTask } from '#contract/interview/task.ts'
import { PracticeRequest } from '#contract/practice.ts'
import { Step } from '#contract/step.ts'

/** Words that stand for what a candidate must not see; each is found nowhere else. */
export const secret = (what: string, key: string): string => `canary-${what}-${key}`

/** A question full of canaries. */
function testQuestion(key: string, more: Partial<Question> = {}): Question {
  return {
    key,
    slug: `0${key.slice(1)}-lesson-of-${key}`,
    title: `Title of ${key}`,
    question: `Question of ${key}?`,
    level: 'starter',
    topics: [`topic-of-${key}`, 'shared-topic'],
    minutes: 5,
    playground: 'requests',
    answer: { format: 'html', body: `<p>${secret('answer', key)}</p>` },
    keyPoints: [0, 1, 2].map((index) => `${secret('point', key)}-${index}`),
    more: { format: 'html', body: `<p>${secret('more', key)}</p>` },
    redFlags: [0, 1].map((index) => ({
      says: `${secret('flag', key)}-${index}`,
      why: { format: 'text', body: `${secret('flag-why', key)}-${index}` },
    })),
    followUps: [0, 1].map((index) => ({
      question: `Follow-up ${index} of ${key}?`,
      answer: { format: 'text', body: `${secret('follow', key)}-${index}` },
    })),
    rubric: [
      ...[0, 1, 2, 3].map((score) => `${secret('rubric', key)}-${score}`),
      `${secret('rubric', key)}-4`,
    ] as Question['rubric'],
    note: secret('plan-note', key),
    task: null,
    bug: null,
    snippets: [],
    ...more,
  }
}

/** A task full of canaries: a candidate may see its title, what it asks and how it starts. */
function testTask(key: string): QuestionTask {
  const trap = { sent: [], expect: { status: 401 }, says: secret('trap', key), belief: secret('belief', key) }
  return {
    ...{ lesson: '01-lesson', id: secret('task-id', key), title: `Task of ${key}` },
    ask: `<p>What ${key} asks</p>`,
    start: null,
    sent: [{ path: 'path', contains: '/users' }],
    expect: { status: 422, json: [{ path: secret('claim', key), exists: true }] },
    traps: [trap],
    hints: [`<p>${secret('hint', key)}</p>`],
    solution: [PracticeRequest.parse({ path: `/${secret('solution', key)}` })],
  }
}

/** A bug full of canaries: a candidate may see its title, what was reported, the broken file and the checks. */
function testBug(key: string): QuestionBug {
  const claim = {
    id: 'works',
    sentence: `Sentence of ${key}`,
    shows: `Check of ${key}`,
    expect: { status: 200 },
  }
  const steps = [
    Step.parse({ id: 'look', title: 'Look', note: 'A step.', path: '/users/', claims: [claim] }),
    Step.parse({ id: 'again', title: 'Again', note: 'A step.', path: '/users/1', claims: [claim] }),
  ]
  return {
    ...{
      lesson: '01-lesson',
      id: secret('bug-id', key),
      title: `Bug of ${key}`,
      ask: `<p>Report of ${key}</p>`,
    },
    files: { 'main.py': `broken_of_${key} = 1\n` },
    paths: ['main.py', 'routers/users.py'],
    steps,
    red: ['look/works'],
    nearMisses: [
      {
        edits: [{ file: 'main.py', replace: '1', with: secret('miss-edit', key) }],
        red: ['again/works'],
        says: secret('miss', key),
        belief: secret('miss-belief', key),
      },
    ],
    hints: [`<p>${secret('bug-hint', key)}</p>`],
    solution: [{ file: 'main.py', replace: `broken_of_${key} = 1`, with: secret('bug-solution', key) }],
    why: `<p>${secret('bug-why', key)}</p>`,
  }
}

/** A run of the checks of a test bug. @param failed names of the claims that don't hold */
export function runWith(failed: readonly string[], files = '00000000'): TabRun {
  const claims = ['look/works', 'again/works'].map((name) => ({ name, held: !failed.includes(name) }))
  return { files, error: null, claims }
}

/** What a request came to in a task of the test plan. */
export function judgementIn(key: string, ok = false): Judgement {
  const claims = [
    { subject: 'status', expected: '422', actual: '422', ok: true },
    { subject: secret('claim', key), expected: 'present', actual: ok ? '1' : 'absent', ok },
  ]
  return { passed: ok, claims, trap: ok ? null : 0 }
}

/** Three questions; the second has no playground. */
export const TEST_PLAN: Plan = {
  title: secret('title', 'plan'),
  questions: [testQuestion('q1'), testQuestion('q2', { playground: 'closed' }), testQuestion('q3')],
  pools: [],
  shuffle: false,
}

/** The first question with a task and a snippet, the second with a bug, the third with a task whose result the candidate is told. */
export const TASK_PLAN: Plan = {
  ...TEST_PLAN,
  questions: [
    testQuestion('q1', {
      task: testTask('q1'),
      snippets: [{ language: 'python', code: 'snippet_of_q1 = 1' }],
    }),
    testQuestion('q2', { playground: 'closed', bug: testBug('q2') }),
    testQuestion('q3', { task: testTask('q3'), playground: 'explained' }),
  ],
}
