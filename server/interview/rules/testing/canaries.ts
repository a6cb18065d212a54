import { secret, TASK_PLAN } from './sample-plan.ts'

/** A text of the plan, whose it is, and of which question. */
export interface Canary {
  text: string
  question: string
  /** `question` may be seen while it is present, `answer` once it was revealed, `secret` never. */
  kind: 'question' | 'answer' | 'secret'
}

const ofTask = (key: string): Canary[] => [
  { text: `Task of ${key}`, question: key, kind: 'question' },
  { text: `What ${key} asks`, question: key, kind: 'question' },
  ...['task-id', 'trap', 'belief', 'claim', 'hint', 'solution'].map((what): Canary => ({
    ...{ text: secret(what, key), question: key, kind: 'secret' },
  })),
]

const ofBug = (key: string): Canary[] => [
  ...[`Bug of ${key}`, `Report of ${key}`, `broken_of_${key}`, `Check of ${key}`].map((text): Canary => ({
    ...{ text, question: key, kind: 'question' },
  })),
  ...['bug-id', 'miss', 'miss-edit', 'miss-belief', 'bug-hint', 'bug-solution', 'bug-why'].map(
    (what): Canary => ({ text: secret(what, key), question: key, kind: 'secret' }),
  ),
]

/** Everything in the test plan and in the interviewers' cards that a candidate must not see, or not yet. */
export const CANARIES: readonly Canary[] = [
  ...TASK_PLAN.questions.flatMap(({ key, task, bug }): Canary[] => [
    { text: `Question of ${key}?`, question: key, kind: 'question' },
    { text: secret('answer', key), question: key, kind: 'answer' },
    ...(task === null ? [] : ofTask(key)),
    ...(bug === null ? [] : ofBug(key)),
    ...['point', 'follow', 'rubric', 'plan-note', 'more', 'flag', 'flag-why'].map((what): Canary => ({
      text: secret(what, key),
      question: key,
      kind: 'secret',
    })),
  ]),
  { text: secret('title', 'plan'), question: '', kind: 'secret' },
  { text: 'snippet_of_q1', question: 'q1', kind: 'question' },
  // Neither is what came of an interviewer's own run, nor that there was one.
  { text: 'own-run-error', question: '', kind: 'secret' },
  { text: 'note-of-ida', question: '', kind: 'secret' },
  { text: 'note-of-jon', question: '', kind: 'secret' },
  { text: 'quote-of-ida', question: '', kind: 'secret' },
  { text: 'quote-of-jon', question: '', kind: 'secret' },
  { text: 'moment-of-ida', question: '', kind: 'secret' },
  { text: 'moment-of-jon', question: '', kind: 'secret' },
  // Neither what an interviewer recommends, nor that they recommend anything, nor which question they leave out.
  ...['strong-no', 'strong-yes', 'no-decision', 'recommend', 'ssessed'].map((text): Canary => ({
    text,
    question: '',
    kind: 'secret',
  })),
]
