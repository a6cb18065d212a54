import { expect, test } from 'vitest'
import { givesAway } from '#contract/predict/gives-away.ts'
import { loadDeck } from '../load.ts'
import { readRegions } from '../regions.ts'
import { loadHighlight } from './highlight.ts'
import { renderRegions } from './code.ts'
import { createMarkdown } from './markdown.ts'
import { handlersIn, predictionsOf } from '../predictions.ts'
import { predictionQuizzes } from './predictions.ts'

const root = process.cwd()
const [deck, second, regions, highlight] = await Promise.all([
  loadDeck('content/lessons', root),
  loadDeck('deck/testing/second-deck', root),
  readRegions(root),
  loadHighlight(),
])
const handlers = handlersIn(await renderRegions(root, regions, highlight))
const asked = [...deck, ...second].flatMap((lesson) =>
  Object.entries(predictionsOf(lesson, handlers)).map(([id, prediction]) => {
    const step = lesson.steps.find((one) => one.id === id)!
    return { step, prediction }
  }),
)

test('most lessons ask something, and what they ask can be answered from three or four choices', () => {
  for (const lesson of deck)
    expect(Object.keys(predictionsOf(lesson, handlers)).length, lesson.slug).toBeGreaterThan(0)
  for (const { prediction } of asked) {
    expect([3, 4]).toContain(prediction.choices.length)
    expect(prediction.choices.map(({ value }) => value)).toContain(prediction.answer)
    expect(new Set(prediction.choices.map(({ label }) => label)).size).toBe(prediction.choices.length)
  }
})

test('no title and no path gives an answer away', () => {
  for (const { step, prediction } of asked) {
    const { ask, answer } = prediction
    expect(givesAway(ask, answer, `${step.title} ${step.path}`, step.burst), step.title).toBe(false)
    if (ask === 'status') expect(step.title).not.toContain(answer)
  }
})

test('the right choice stands in every place, and in none too often', () => {
  const ofFour = asked.filter(({ prediction }) => prediction.choices.length === 4)
  const places = ofFour.map(({ prediction: { choices, answer } }) =>
    choices.findIndex(({ value }) => value === answer),
  )
  for (const place of [0, 1, 2, 3]) {
    const share = places.filter((other) => other === place).length / places.length
    expect(share, `place ${place + 1}`).toBeGreaterThan(0.12)
    expect(share, `place ${place + 1}`).toBeLessThan(0.42)
  }
})

test('for review, a prediction has its request, its reason, and what each other status would have meant', () => {
  const lesson = deck.find(({ slug }) => slug === '06-authentication')!
  const [quiz] = predictionQuizzes(lesson, handlers, createMarkdown(highlight)).filter(
    ({ id }) => id === 'json-login:status',
  )
  expect(quiz?.ask).toContain('Step 4, Log in with JSON: <strong>Which status does it get?</strong>')
  expect(quiz?.code).toContain('POST /login\n\n{\n  &quot;username&quot;')
  expect(quiz?.why).toContain('Both fields are reported as missing, and the handler never ran.')
  const [choice] = quiz?.choices ?? []
  expect(choice?.options[choice.right]?.says).toBe('422 Unprocessable Content')
  expect(choice?.options.find(({ says }) => says.startsWith('200'))?.feedback).toContain('form')
})

test('a wrong choice that a misconception is behind has its name and its reason, in the lesson and in review', () => {
  const lesson = deck.find(({ slug }) => slug === '06-authentication')!
  const asked = predictionsOf(lesson, handlers)
  const chosen = asked['json-login']?.choices.find(({ value }) => value === '401')
  expect(chosen?.mistake).toEqual({
    misconception: 'login-is-json',
    because: 'JSON where a form is expected.',
  })
  // By status, wherever it is asked.
  expect(asked['no-token']?.choices.find(({ value }) => value === '403')?.mistake).toMatchObject({
    misconception: 'mixes-401-and-403',
  })
  const [choice] = predictionQuizzes(lesson, handlers, createMarkdown(highlight)).find(
    ({ id }) => id === 'json-login:status',
  )!.choices
  expect(choice?.options.find(({ says }) => says.startsWith('401'))).toMatchObject({
    feedback: '<p>JSON where a form is expected.</p>\n',
    misconception: 'login-is-json',
  })
})

test('no right choice stands for a mistake, and each lesson of this deck that asks has a choice that does', () => {
  for (const { prediction } of asked)
    expect(prediction.choices.find(({ value }) => value === prediction.answer)?.mistake).toBeUndefined()
  const silent = deck
    .filter(({ slug }) => !/^(15)-/.test(slug))
    .filter((lesson) =>
      Object.values(predictionsOf(lesson, handlers)).every(({ choices }) =>
        choices.every(({ mistake }) => !mistake),
      ),
    )
  expect(silent.map(({ slug }) => slug)).toEqual([])
})
