import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shortNames } from './short-names.ts'

const shortened = (...names: string[]) => [
  ...shortNames(names.map((name, index) => ({ id: String(index), name }))).values(),
]

test('each interviewer is shortened to what tells them apart in the table', () => {
  expect(shortened('Ida', 'Jon')).toEqual(['I', 'J'])
  expect(shortened('Ida Berg', 'Ivan Lund')).toEqual(['IB', 'IL'])
  expect(shortened('Ida', 'Ivan', 'Jon')).toEqual(['Id', 'Iv', 'J'])
  expect(shortened('Anna Berg', 'Anne Berg')).toEqual(['Anna', 'Anne'])
  expect(shortened('Ann', 'Anna')).toEqual(['Ann', 'Anna'])
  expect(shortened('Ida', 'ida')).toEqual(['Id', 'id'])
  expect(shortened('Ida', 'Ida', 'Jon')).toEqual(['I 1', 'I 2', 'J'])
  expect(shortened('Élodie', '👩‍💻 Zoë')).toEqual(['É', '👩‍💻'])
})

test('no two people ever share a short name', () => {
  const name = fc.stringMatching(/^[AaBÉ][ab é]{0,5}$/)
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 6 }), (names) => {
      const short = shortened(...names)
      expect(new Set(short).size).toBe(names.length)
    }),
  )
})
