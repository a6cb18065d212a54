import type { Plan, Question } from '#contract/interview/plan.ts'

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
    ...more,
  }
}

/** Three questions; the second has no playground. */
export const TEST_PLAN: Plan = {
  title: secret('title', 'plan'),
  questions: [testQuestion('q1'), testQuestion('q2', { playground: 'closed' }), testQuestion('q3')],
  pools: [],
  shuffle: false,
}
