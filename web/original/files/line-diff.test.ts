// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffLines, hunksOf } from './line-diff.ts'

const text = fc
  .array(fc.constantFrom('a', 'b', 'c', '', 'def f():'), { maxLength: 12 })
  .map((all) => all.join('\n'))

test('what is not removed is the new text, what is not added the old one, each line with its number', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after)
      const old = lines.filter(({ kind }) => kind !== 'added')
      const fresh = lines.filter(({ kind }) => kind !== 'removed')
      expect(old.map((line) => line.text).join('\n')).toBe(before)
      expect(fresh.map((line) => line.text).join('\n')).toBe(after)
      expect(old.map((line) => line.old)).toEqual(old.map((_, at) => at + 1))
      expect(fresh.map((line) => line.new)).toEqual(fresh.map((_, at) => at + 1))
    }),
  )
})

test('one changed line is one removed and one added, wherever it stands', () => {
  const before = Array.from({ length: 40 }, (_, at) => `line ${at % 7}`)
  for (const at of [0, 17, 39]) {
    const after = before.with(at, 'changed')
    const changed = diffLines(before.join('\n'), after.join('\n')).filter(({ kind }) => kind !== 'same')
    expect(changed).toEqual([
      { kind: 'removed', text: before[at], old: at + 1, new: null },
      { kind: 'added', text: 'changed', old: null, new: at + 1 },
    ])
  }
})

test('changes far apart are shown apart, each with three lines around it', () => {
  const before = Array.from({ length: 40 }, (_, at) => `line ${at}`)
  const after = before.with(5, 'x').with(30, 'y')
  const hunks = hunksOf(diffLines(before.join('\n'), after.join('\n')))
  expect(hunks.map((hunk) => hunk.length)).toEqual([8, 8])
  expect(hunksOf(diffLines('a\nb', 'a\nb'))).toEqual([])
})

test('a text of a hundred thousand lines is compared without filling the memory', () => {
  const many = Array.from({ length: 100_000 }, (_, at) => `old ${at}`).join('\n')
  const others = Array.from({ length: 100_000 }, (_, at) => `new ${at}`).join('\n')
  expect(diffLines(many, others)).toHaveLength(200_000)
})
