// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PracticeSet, QuizView } from '#contract/practice.ts'
import { giftText } from './gift.ts'
import { readGift } from './read-gift.ts'

const SPECIAL = [
  '~',
  '=',
  '#',
  '{',
  '}',
  ':',
  '::',
  '\\',
  '\\n',
  '\n',
  '\n\n',
  '->',
  '=>',
  '####',
  '//',
  '%50%',
  '[html]',
  '$CATEGORY:',
  '&gt;',
  '“',
  'T',
  '',
]
/** Spaces around a text are layout in GIFT; those within it, and line breaks anywhere, are its own. */
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...SPECIAL), fc.string({ unit: 'grapheme' })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `<p>${parts.join(' ').replaceAll('\r', '')}</p>\n`)
const slugs = fc.constantFrom('json-login', 'jwt-secret')
const anyOption = fc.record({
  says: anyText,
  feedback: fc.option(anyText),
  misconception: fc.option(slugs),
})
const anyChoice = fc
  .record({
    ask: fc.oneof(fc.constant(''), anyText),
    options: fc.array(anyOption, { minLength: 2, maxLength: 5 }),
  })
  .chain((choice) => fc.nat({ max: choice.options.length - 1 }).map((right) => ({ ...choice, right })))
const anyOrder = fc.record({
  cards: fc.array(anyText, { minLength: 2, maxLength: 7 }),
  swapped: fc.array(
    fc.record({ first: fc.nat(6), second: fc.nat(6), feedback: anyText, misconception: fc.option(slugs) }),
    { maxLength: 2 },
  ),
  feedback: anyText,
})
const texts = { ask: anyText, code: fc.option(anyText), why: anyText }
const anyQuiz: fc.Arbitrary<Omit<QuizView, 'id'>> = fc.oneof(
  fc.record({
    ...{ ...texts, choices: fc.array(anyChoice, { minLength: 1, maxLength: 2 }), order: fc.constant(null) },
    kind: fc.constantFrom('spot' as const, 'predict' as const, 'still-true' as const, 'mistake' as const),
  }),
  fc.record({
    ...texts,
    choices: fc.constant<QuizView['choices']>([]),
    order: anyOrder,
    kind: fc.constant('order' as const),
  }),
)
const anySets: fc.Arbitrary<PracticeSet[]> = fc
  .array(fc.array(anyQuiz, { maxLength: 3 }), { maxLength: 3 })
  .map((lessons) =>
    lessons.map((quizzes, lesson) => ({
      ...{
        slug: `0${lesson}-lesson`,
        name: 'lesson',
        number: lesson,
        title: 'A title: {so}',
        misconceptions: [],
        tasks: [],
        bugs: [],
      },
      quizzes: quizzes.map((quiz, index) => ({ id: `quiz-${index}`, ...quiz })),
    })),
  )

test('quizzes written as GIFT and read back are the same quizzes', () => {
  fc.assert(
    fc.property(anySets, (sets) => {
      const { quizzes, faults } = readGift(giftText(sets))
      expect(faults).toEqual([])
      expect(quizzes).toEqual(sets.flatMap(({ slug, quizzes }) => quizzes.map((quiz) => ({ slug, quiz }))))
    }),
    { numRuns: 300 },
  )
})

test('no text makes the reader throw, and faults name lines of the file', () => {
  const pieces = fc.constantFrom(
    ...SPECIAL,
    '::a::',
    '{',
    '}',
    '=right',
    '~wrong',
    '{T}',
    '{=a ~b}',
    '\n\n',
    '// viva: {',
    '// viva: {"slug":"a","quiz":"b","kind":"c"}',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string())), (parts) => {
      const text = parts.join('')
      for (const { line } of readGift(text).faults) {
        expect(text.split(/\r\n?|\n/)[line - 1]?.trim()).toBeTruthy()
      }
    }),
  )
})

const FOREIGN = `// A file of another program.
$CATEGORY: web/status

::Q1:: Which status
is sent for {
  =401 # Right\\: not known
  ~403 # That is for someone who is known.
  ~%0%500
  #### See the lesson.
} a missing token?

::Q2::[html]<b>GET</b> has no body.{TRUE#It may, but it has no meaning.#Yes.}

// matched
Match. {
  =Create -> 201
  =Delete -> 204
  =Read -> 200
}

What is your name? {}

How many threads? {#40}

Name one. {=uvicorn =hypercorn}

Broken {=a ~b
`

test('a file of another program is read: choices, true or false, pairs; the rest is named by its line', () => {
  const { quizzes, faults } = readGift(FOREIGN)
  const [choice, statement, pairs] = quizzes.map(({ quiz }) => quiz)
  expect(quizzes).toHaveLength(3)
  expect(choice).toMatchObject({
    ask: 'Which status<br>is sent for _____ a missing token?',
    why: 'See the lesson.',
  })
  expect(choice?.choices[0]?.right).toBe(0)
  expect(choice?.choices[0]?.options.map(({ says, feedback }) => [says, feedback])).toEqual([
    ['401', 'Right: not known'],
    ['403', 'That is for someone who is known.'],
    ['500', null],
  ])
  expect(statement).toMatchObject({ kind: 'mistake', ask: '<b>GET</b> has no body.' })
  expect(statement?.choices[0]?.options.map(({ feedback }) => feedback)).toEqual([
    'Yes.',
    'It may, but it has no meaning.',
  ])
  expect(pairs?.choices.map(({ ask, options, right }) => [ask, options[right]?.says])).toEqual([
    ['Create', '201'],
    ['Delete', '204'],
    ['Read', '200'],
  ])
  expect(faults.map(({ line, says }) => `${line}: ${says}`)).toEqual([
    '21: it is an essay; only choices, true or false, and matching can be read',
    '23: it asks for a number; only choices, true or false, and matching can be read',
    '25: it asks for a short answer; only choices, true or false, and matching can be read',
    '27: its answers don’t end: “}” is missing',
  ])
})
