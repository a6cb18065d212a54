import fc from 'fast-check'
import { expect, test } from 'vitest'
import { giftText } from '../export/gift.ts'
import { ownSet } from './own-set.ts'

test('HTML of a file is reduced to text and a few elements without attributes', () => {
  const { set } = ownSet(
    '[html]<img src=x onerror\\=alert(1)><b onclick\\="x">A</b><script>alert(1)</script>{' +
      '=<a href\\="javascript\\:alert(1)">yes</a>~<svg onload\\=x>no</svg>#<style>*\\{\\}</style><p>why</p>' +
      '####<iframe src\\=x></iframe>end}',
  )
  const [quiz] = set.quizzes
  expect(quiz?.ask).toBe('<b>A</b>')
  expect(quiz?.choices[0]?.options).toEqual([
    { says: 'yes', feedback: null, misconception: null },
    { says: 'no', feedback: '<p>why</p>', misconception: null },
  ])
  expect(quiz?.why).toBe('end')
})

test('whatever a file holds, no attribute and no other element reaches the page', () => {
  const tags = fc.constantFrom(
    '<img src=x>',
    '<p class=a>',
    '<b',
    '</b>',
    '"',
    "'",
    '&lt;',
    '&#60;script>',
    '<svg/onload=x>',
  )
  const text = fc.array(fc.oneof(tags, fc.string()), { maxLength: 8 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, text, text, (ask, says, feedback) => {
      const options = [
        { says, feedback, misconception: null },
        { says: 'b', feedback: null, misconception: null },
      ]
      const quiz = { id: 'a', kind: 'predict' as const, code: null, order: null, why: ask }
      const quizzes = [{ ...quiz, ask, choices: [{ ask: '', options, right: 0 }] }]
      const gift = giftText([
        { slug: 's', name: 's', number: 1, title: 't', misconceptions: [], tasks: [], bugs: [], quizzes },
      ])
      const html = ownSet(gift)
        .set.quizzes.map((each) => JSON.stringify(each))
        .join('')
      const elements = [...html.matchAll(/<(.*?)>/g)].map(([, inside]) => inside)
      expect(
        elements.filter(
          (inside) => !/^\/?(p|ul|ol|li|pre|code|strong|b|em|i|br|sub|sup)$/.test(inside ?? ''),
        ),
      ).toEqual([])
    }),
  )
})

test('questions of a lesson that went to Moodle and back keep their ids apart', () => {
  const { set, faults } = ownSet('A {=a ~b}\n\nB {=a ~b}\n\n::same::C {T}\n\nbroken')
  expect(set.quizzes.map(({ id }) => id)).toEqual(['question-1', 'question-2', 'question-3'])
  expect(faults).toEqual([{ line: 7, says: 'it has no answers between braces' }])
})
