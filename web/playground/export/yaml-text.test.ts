// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toYaml, type Yaml } from './yaml-text.ts'

const awkward = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...'\'":#,-?&*!|>%@`{}[]\\ \t\n\r~=<.0e+x\u0085\u2028\ufeff\u00ad'), maxLength: 8 }),
  fc.constantFrom('true', 'No', 'null', '~', '', '- a', 'a: b', 'a #b', '1e3', '0x1f', '.inf', '2026-11-23', '{{id}}'),
) // prettier-ignore
const json = fc.letrec<{ value: Yaml }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium' },
    awkward,
    fc.constantFrom(null, true, false),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(awkward, tie('value'), { maxKeys: 4 }),
  ),
})).value

test('any JSON is read back as it was, on one line or on many', () => {
  fc.assert(
    fc.property(json, fc.boolean(), fc.nat(6), (value, isBlock, indent) => {
      const text = toYaml(value, () => isBlock, indent)
      expect(parse(text)).toEqual(parse(JSON.stringify(value)))
    }),
    { numRuns: 2000 },
  )
})

test('what is short stands on one line, and texts have quotes only where they need them', () => {
  const step = { path: '/users/', json: { name: 'Eve', age: 36, bio: 'it’s: mine', on: 'yes' } }
  expect(toYaml([step], (path) => path.length < 2, 2)).toBe(
    `  - path: /users/\n    json: { name: Eve, age: 36, bio: 'it’s: mine', 'on': 'yes' }\n`,
  )
})
