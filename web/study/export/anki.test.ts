import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StudyQuestion } from '#contract/page.ts'
import type { PracticeSet } from '#contract/practice.ts'
import { findAnki, importIntoAnki } from '../../../e2e/support/anki.ts'
import { cardsOf } from '../review/cards.ts'
import { ankiText } from './anki.ts'

const SPECIAL = [
  '\t',
  '\n',
  '"',
  '#',
  '# x',
  '{{c1::',
  '}}',
  '::',
  '<b>',
  '&amp;',
  '&',
  '\\',
  "'",
  ',',
  ';',
  '“”',
  '😀',
]
const anyText = fc
  .array(fc.oneof(fc.constantFrom(...SPECIAL), fc.string({ unit: 'grapheme' })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => `x${parts.join('')}y`.replaceAll('`', ''))
const html = (text: string): string => {
  const element = document.createElement('p')
  element.textContent = text
  return element.outerHTML
}

const anyQuestion = (number: number): fc.Arbitrary<StudyQuestion> =>
  fc
    .record({
      question: anyText,
      say: anyText.map(html),
      keyPoints: fc.uniqueArray(anyText, { minLength: 1, maxLength: 4 }),
      followUps: fc.uniqueArray(fc.record({ question: anyText, answer: anyText.map(html) }), {
        selector: (followUp) => followUp.question,
        maxLength: 2,
      }),
      commonMistakes: fc.uniqueArray(fc.record({ mistake: anyText, explanation: anyText.map(html) }), {
        selector: ({ mistake }) => mistake,
        maxLength: 2,
      }),
    })
    .map((texts) => ({
      ...{
        slug: `0${number}-question`,
        name: 'question',
        number,
        title: 'Title',
        level: 'starter',
        topics: ['two words', 'jwt'],
      },
      ...{ rubric: ['0', '1', '2', '3', '4'], ...texts },
    }))
const anyDeck = fc.tuple(anyQuestion(1), anyQuestion(2))

const quizzes: PracticeSet = {
  ...{
    slug: '01-question',
    name: 'question',
    number: 1,
    title: 'Title',
    misconceptions: [],
    tasks: [],
    bugs: [],
  },
  quizzes: [
    {
      ...{ id: 'which-line', kind: 'spot', ask: '<p>Which <em>line</em>?</p>', why: '<p>Because.</p>' },
      code: '<pre class="code" tabindex="0"><code><span class="tok-x">if</span> x:\n\tpass</code></pre>',
      choices: [
        {
          ask: '',
          options: [
            { says: '<code>a &lt; b</code>', feedback: '<p>No.</p>', misconception: null },
            { says: 'the second', feedback: null, misconception: null },
          ],
          right: 1,
        },
      ],
      order: null,
    },
    {
      ...{ id: 'in-order', kind: 'order', ask: '<p>In which order?</p>', why: '', code: null, choices: [] },
      order: { cards: ['Second', 'First', 'Last'], swapped: [], feedback: '<p>No.</p>' },
    },
  ],
}

/** The text that HTML shows. */
function shown(field: string): string {
  const { body } = new DOMParser().parseFromString(field.replaceAll('<br>', '\n'), 'text/html')
  return body.textContent
}

/** As Anki keeps texts. */
const kept = (text: string): string => text.normalize('NFC')

test('a text has its headers, a line for each card and quiz, and nothing that other lines could be made of', () => {
  fc.assert(
    fc.property(anyDeck, (questions) => {
      const lines = ankiText(questions, [quizzes], ['Viva']).trimEnd().split('\n')
      expect(lines.slice(0, 6).every((line) => line.startsWith('#'))).toBe(true)
      const notes = lines.slice(6).map((line) => line.split('\t'))
      expect(notes).toHaveLength(cardsOf(questions).length + 2)
      expect(new Set(notes.map(([guid]) => guid)).size).toBe(notes.length)
      for (const fields of notes) {
        expect(fields).toHaveLength(6)
        expect(fields.join('')).not.toMatch(/["\r]|href|src=|class=/)
        if (fields[1] !== 'Cloze') continue
        // One cloze without a hint, which would follow two colons.
        const inside = /^(?:(?!\{\{).)*\{\{c1::(.*)\}\}(?:(?!\}\}).)*$/s.exec(fields[4] ?? '')?.[1]
        expect(inside).toMatch(/^x/)
        expect(inside).not.toMatch(/::|\{\{|\}\}/)
      }
    }),
  )
})

test('guids follow from the cards alone, so that a later export updates them', () => {
  const [questions] = fc.sample(anyDeck, 1)
  const guids = (deck: readonly StudyQuestion[]): string[] =>
    ankiText(deck, [], ['Viva'])
      .split('\n')
      .slice(6)
      .map((line) => line.split('\t')[0] ?? '')
  const changed = (questions ?? []).map((question) => ({ ...question, say: '<p>Other words.</p>' }))
  expect(guids(changed)).toEqual(guids(questions ?? []))
  expect(guids([...(questions ?? [])].reverse()).sort()).toEqual(guids(questions ?? []).sort())
})

const python = await findAnki()

test.skipIf(python === undefined)('Anki imports every note as it is, once, and updates it later', () => {
  for (const questions of fc.sample(anyDeck, 4)) {
    const text = ankiText(questions, [quizzes], ['Viva'])
    const changed = questions.map((question) => ({ ...question, say: '<p>Other words.</p>' }))
    const [first, second, third] = importIntoAnki(python ?? '', [
      text,
      text,
      ankiText(changed, [quizzes], ['Viva']),
    ])
    const count = cardsOf(questions).length + 2
    expect(first).toMatchObject({ added: count, updated: 0 })
    expect(second).toMatchObject({ added: 0, updated: 0, unchanged: count })
    expect(third).toMatchObject({ added: 0, updated: 2 })
    expect(third?.notes).toHaveLength(count)
    expect(first?.notes.map(({ cards }) => cards)).toEqual(first?.notes.map(() => 1))
    const ofType = (type: string): string[][] =>
      (first?.notes ?? [])
        .filter((note) => note.type === type)
        .map(({ fields }) => fields.map(shown).map(kept))
    const clozes = ofType('Cloze').map(([field]) => field)
    const basics = ofType('Basic').map(([front, back]) => `${front} ${back}`)
    for (const { question, keyPoints, commonMistakes, followUps } of questions) {
      const cloze = keyPoints.map((text) => kept(`{{c1::${text}}}`))
      expect(cloze.filter((point) => !clozes.some((field) => field?.includes(point)))).toEqual([])
      const others = [
        question,
        ...commonMistakes.map(({ mistake }) => mistake),
        ...followUps.map((each) => each.question),
      ]
      expect(others.filter((other) => !basics.some((note) => note.includes(kept(other))))).toEqual([])
    }
    expect(basics.join()).toContain('if x:\n\tpass')
    expect(first?.notes[0]?.tags).toEqual(expect.arrayContaining(['viva', 'jwt', 'two-words']))
  }
})
