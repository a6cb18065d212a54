import { beforeAll, expect, test } from 'vitest'
import type { PracticeSet, QuizView } from '#contract/practice.ts'
import { renderSite } from './site.ts'

let sets: PracticeSet[]
let quizzes: Record<string, QuizView>

beforeAll(async () => {
  sets = (await renderSite('deck/testing/second-deck', process.cwd())).practice
  quizzes = Object.fromEntries(sets.flatMap((set) => set.quizzes.map((quiz) => [quiz.id, quiz])))
})

test('only lessons that have something to practise with are listed', () => {
  expect(sets.map(({ slug, number, title }) => [slug, number, title])).toEqual([
    ['idempotence', 2, 'Idempotence'],
  ])
})

test('a task has HTML to read, and everything to judge by', () => {
  const task = sets[0]?.tasks[0]
  expect(task?.ask).toBe(
    '<p>Make the server refuse a <strong>valid</strong> sign-up because the row is there already. <code>edsger@example.com</code> is taken.</p>\n',
  )
  expect(task?.hints[0]).toBe('<p>Which column has to be unique?</p>\n')
  expect(task?.expect.status).toBe(400)
  expect(task?.solution).toHaveLength(1)
})

test('a bug has HTML to read, and its edits and checks as they are', () => {
  const bug = sets[0]?.bugs[0]
  expect(bug?.ask).toMatch(
    /^<p>I deleted my account and got a <code>204<\/code>.*<strong>still<\/strong>.*<\/p>\n$/,
  )
  expect(bug?.hints[1]).toContain('<code>db.commit()</code>')
  expect(bug?.why).toMatch(/^<p>A session collects changes/)
  expect(bug?.nearMisses[0]?.says).toMatch(/^That commits, and deletes <strong>everyone<\/strong>\./)
  expect(bug?.edits).toEqual([
    {
      file: 'routers/users.py',
      replace: '    db.delete(user)\n    db.commit()',
      with: '    db.delete(user)',
    },
  ])
  expect(bug?.checks[0]).toMatchObject({ id: 'others', method: 'GET', path: '/users/1', after: ['delete'] })
})

test('a spot quiz has code in colours and two choices, the second one among its lines', () => {
  const quiz = quizzes['which-is-idempotent']
  expect(quiz?.code).toMatch(/^<pre class="code" tabindex="0".*<span class="tok-keyword">for<\/span>/s)
  expect(quiz?.code).not.toContain('"""')
  expect(quiz?.choices.map(({ ask, right }) => [ask, right])).toEqual([
    ['', 0],
    ['Which line has to change?', 1],
  ])
  expect(quiz?.choices[0]?.options[0]).toEqual({
    says: '<code>1 1</code>, <code>1 2</code>',
    feedback: null,
    misconception: null,
  })
  expect(quiz?.choices[1]?.options[1]?.says).toMatch(/^<code>counter<span class="tok.*<\/code>$/)
})

test('the wrong one of two options has the feedback and the misconception', () => {
  expect(quizzes['row-is-gone']?.choices).toEqual([
    {
      ask: '',
      options: [
        { says: 'Still true', feedback: null, misconception: null },
        { says: 'No longer', feedback: '<p>The step Delete shows it.</p>\n', misconception: null },
      ],
      right: 0,
    },
  ])
  const mistake = quizzes['second-answer']?.choices[0]
  expect(mistake?.right).toBe(1)
  expect(mistake?.options[0]).toMatchObject({
    says: 'True',
    misconception: 'idempotent-means-same-answer',
  })
})

test('a sentence of the answer is quoted with its code as code', () => {
  expect(quizzes['row-is-gone']?.ask).toContain('<blockquote>A second <code>DELETE</code> may answer 404')
})

test('a prediction has its key from a run', () => {
  const choice = quizzes['repeated-sign-up']?.choices[0]
  expect(choice?.options[choice.right]?.says).toContain('there is still one row')
})

test('cards to be ordered stand in the right order, which a run found', () => {
  const order = quizzes['how-a-row-goes']?.order
  expect(order?.cards).toEqual([
    'The token is taken from the header.',
    'The token is decoded.',
    'The handler deletes the row.',
    'The answer is sent.',
  ])
  expect(order?.swapped).toMatchObject([{ first: 1, second: 2, misconception: null }])
})

test('no text of the real deck has a style, a script or a handler in it', async () => {
  const { practice } = await renderSite('content/lessons', process.cwd())
  expect(practice.length).toBeGreaterThan(10)
  const html = JSON.stringify(practice)
  expect(html).not.toMatch(/<[^>]*\s(style|on\w+)=/)
  expect(html).not.toContain('<script')
})
