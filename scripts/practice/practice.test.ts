import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Expectation } from '#contract/claim.ts'
import type { Lesson } from '#contract/lesson.ts'
import { Quiz, Task } from '#contract/practice.ts'
import { loadDeck } from '../../deck/load.ts'
import { isRunQuiz } from '../../deck/practice/requests.ts'
import { serveViva, type ServedViva } from '../../server/testing/serve-viva.ts'
import { runPractice } from './check-practice.ts'

const decks = await Promise.all(
  ['content/lessons', 'deck/testing/second-deck'].map((folder) => loadDeck(folder)),
)
const lessons = decks.flat().filter(({ practice: { tasks, quizzes } }) => tasks.length + quizzes.length > 0)

let app: ServedViva
beforeAll(async () => {
  app = await serveViva({ RATE_LIMIT: '0', CONNECTION_LIMIT: '0', DISK_WARNING_MB: '0' })
})
afterAll(() => app.close())

test.each(lessons.map((lesson) => [lesson.slug, lesson] as const))(
  '%s: every key is what happens, every solution passes, and every near miss falls into a trap',
  async (_, lesson) => {
    const { keys, problems } = await runPractice(app.origin, lesson)
    expect(problems).toEqual([])
    const stored = lesson.practice.quizzes.filter(isRunQuiz).map(({ id }) => [id, lesson.practice.keys[id]])
    expect(Object.entries(keys).map(([id, { key }]) => [id, key])).toEqual(stored)
  },
)

test('each lesson of this deck has at least two tasks and four quizzes, one of which shows code or asks for an order', () => {
  const few = decks[0]!.flatMap(({ slug, practice: { tasks, quizzes } }) => {
    const hasLooked = quizzes.some(({ kind }) => kind === 'spot' || kind === 'order')
    return tasks.length >= 2 && quizzes.length >= 4 && hasLooked ? [] : [slug]
  })
  expect(few).toEqual([])
})

test('the right option has no favourite place', () => {
  const places = decks[0]!.flatMap(({ practice: { quizzes, keys } }) =>
    quizzes.flatMap(({ id, kind }) => (kind === 'spot' || kind === 'predict' ? [keys[id]![0]!] : [])),
  )
  const first = places.filter((place) => place === 0).length
  expect(first / places.length).toBeGreaterThan(0.15)
  expect(first / places.length).toBeLessThan(0.5)
})

describe('what is wrong is said in a sentence', () => {
  const lesson = lessons.find(({ name }) => name === 'idempotence')!
  const task = lesson.practice.tasks[0]!
  const prediction = lesson.practice.quizzes.find(({ kind }) => kind === 'predict')!
  const order = lesson.practice.quizzes.find(({ kind }) => kind === 'order')!

  const problemsOf = async (practice: Partial<Lesson['practice']>): Promise<string> => {
    const changed = { ...lesson.practice, tasks: [], quizzes: [], ...practice }
    return (await runPractice(app.origin, { ...lesson, practice: changed })).problems.join('\n')
  }
  const problemsOfTask = (change: object) => problemsOf({ tasks: [Task.parse({ ...task, ...change })] })
  const problemsOfQuiz = (quiz: Quiz, change: object) =>
    problemsOf({ quizzes: [Quiz.parse({ ...quiz, ...change })] })

  test('a solution that doesn’t pass', async () => {
    expect(await problemsOfTask({ solution: task.nearMiss })).toMatch(
      /^02-idempotence, second-sign-up: its solution doesn't pass: status was 201, not 400/,
    )
  })

  test('a solution that falls into a trap', async () => {
    const trap = { expect: { status: 400 }, says: 'Refused.' }
    expect(await problemsOfTask({ traps: [...task.traps, trap] })).toBe(
      '02-idempotence, second-sign-up: its solution falls into the trap "Refused."',
    )
  })

  test('a near miss that passes, and one that no trap catches', async () => {
    expect(await problemsOfTask({ nearMiss: task.solution })).toContain('its near miss passes')
    expect(await problemsOfTask({ traps: task.traps.slice(0, 1) })).toContain(
      'its near miss falls into no trap',
    )
  })

  test('a solution with a request too many', async () => {
    expect(await problemsOfTask({ solution: [...task.solution, ...task.solution] })).toContain(
      'its solution passes without the last request',
    )
  })

  test('a task that passes as it starts, and one that anything passes', async () => {
    expect(await problemsOfTask({ start: task.solution[0] })).toContain('its start passes as it is')
    const anything = Expectation.parse({ status: 200 })
    expect(await problemsOfTask({ sent: [], expect: anything })).toContain('GET /items as nobody passes')
  })

  test('a request that can’t be sent', async () => {
    const start = { path: '/items', headers: { Authorization: 'Bearer …' } }
    expect(await problemsOfTask({ start })).toContain("it can't be run: ")
  })

  test('a prediction of which no option happens, or two do', async () => {
    const options = (...statuses: number[]) => ({
      options: statuses.map((status) => ({ says: String(status), when: { status } })),
    })
    expect(await problemsOfQuiz(prediction, options(200, 201))).toMatch(
      /repeated-sign-up: exactly one option may be what happened, but 0 are\n {2}option 0: status was 400, not 200/,
    )
    expect(await problemsOfQuiz(prediction, options(400, 400))).toMatch(/but 2 are\n {2}option 0: holds/)
  })

  test('a card that didn’t run', async () => {
    if (order.kind !== 'order') throw new Error('not an order')
    const cards = [...order.cards, { step: 'auth.hash_password', says: 'A password is hashed.' }]
    expect(await problemsOfQuiz(order, { cards })).toMatch(
      /how-a-row-goes: "auth.hash_password" ran 0 times; a card has to run once. What ran: .*users.delete_user/,
    )
  })
})
