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

/** Everything in the test plan and in the interviewers' cards that a candidate must not see, or not yet. */
export const CANARIES: readonly Canary[] = [
  ...TASK_PLAN.questions.flatMap(({ key, task }): Canary[] => [
    { text: `Question of ${key}?`, question: key, kind: 'question' },
    { text: secret('answer', key), question: key, kind: 'answer' },
    ...(task === null ? [] : ofTask(key)),
    ...['point', 'follow', 'rubric', 'plan-note', 'more', 'flag', 'flag-why'].map((what): Canary => ({
      text: secret(what, key),
      question: key,
      kind: 'secret',
    })),
  ]),
  { text: secret('title', 'plan'), question: '', kind: 'secret' },
  { text: 'snippet_of_q1', question: 'q1', kind: 'question' },
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
