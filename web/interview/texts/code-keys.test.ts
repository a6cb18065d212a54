// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeEdit, type Edit, type Selected } from './code-keys.ts'

function applied({ text }: Selected, { from, to, inserted, start, end }: Edit): Selected {
  return { text: text.slice(0, from) + inserted + text.slice(to), start, end }
}

const line = fc.constantFrom('def f():', '    return 1', '        x', '', '  odd', '\ttab', 'ünï 🎈')
const block = fc.array(line, { minLength: 1, maxLength: 6 }).map((lines) => lines.join('\n'))
/** A selection within the code of a block that is closed or still open. */
const inCode = fc
  .tuple(block, fc.boolean(), fc.nat(), fc.nat())
  .map(([code, closed, one, other]): Selected => {
    const before = 'Like this:\n```py\n'
    const [start, end] = [one, other]
      .map((place) => before.length + (place % (code.length + 1)))
      .sort((a, b) => a - b)
    return {
      text: `${before}${code}${closed ? '\n```\nThat is all.' : ''}`,
      start: start ?? 0,
      end: end ?? 0,
    }
  })

test('in prose and on the lines of backticks, no key is anything but itself', () => {
  const text = 'Prose\n```py\ncode\n```\nmore'
  const prose = [...text].flatMap((_letter, at) =>
    at < text.indexOf('code') || at >= text.lastIndexOf('```') ? [at] : [],
  )
  for (const at of [...prose, text.length])
    for (const key of ['Tab', 'Enter', 'a'])
      expect([at, key, codeEdit(key, false, { text, start: at, end: at })]).toEqual([at, key, null])
  expect(codeEdit('Tab', false, { text: '```py', start: 5, end: 5 })).toBeNull()
  // From code into prose.
  expect(codeEdit('Tab', false, { text, start: text.indexOf('code'), end: text.length })).toBeNull()
})

test('Tab in code adds four spaces, to each line of a selection, and changes nothing else', () => {
  fc.assert(
    fc.property(inCode, (selected) => {
      const edit = codeEdit('Tab', false, selected)
      if (edit === null) throw new Error('nothing happens')
      const after = applied(selected, edit)
      const lines = selected.text.slice(selected.start, selected.end).split('\n').length
      expect(after.text.length).toBe(selected.text.length + 4 * lines)
      expect(after.text.replace(/ /g, '')).toBe(selected.text.replace(/ /g, ''))
      // What was selected still is.
      const inside = ({ text, start, end }: Selected) => text.slice(start, end).replace(/ /g, '')
      expect(inside(after)).toBe(inside(selected))
    }),
  )
})

test('Shift+Tab takes back what Tab added to a selection', () => {
  fc.assert(
    fc.property(
      inCode.filter(({ start, end }) => start < end),
      (selected) => {
        const edit = codeEdit('Tab', false, selected)
        const after = edit && applied(selected, edit)
        const back = after && codeEdit('Tab', true, after)
        expect(after && back && applied(after, back)).toEqual(selected)
      },
    ),
  )
})

test('Shift+Tab at a caret removes up to four spaces or a tab of its line, and nothing else', () => {
  fc.assert(
    fc.property(inCode, ({ text, start }) => {
      const edit = codeEdit('Tab', true, { text, start, end: start })
      const lineFrom = text.lastIndexOf('\n', start - 1) + 1
      const rest = text.slice(lineFrom).replace(/^(?: {1,4}|\t)/, '')
      const after = edit && applied({ text, start, end: start }, edit)
      expect(after?.text).toBe(text.slice(0, lineFrom) + rest)
      expect(after && after.text.length - after.start).toBe(Math.min(text.length - start, rest.length))
    }),
  )
})

test('Enter in code begins a line with the same indentation', () => {
  fc.assert(
    fc.property(inCode, (selected) => {
      const edit = codeEdit('Enter', false, selected)
      const { text, start, end } = selected
      const before = text.slice(0, start)
      const indent = /^[ \t]*/.exec(before.slice(before.lastIndexOf('\n') + 1))?.[0] ?? ''
      const wanted = indent === '' ? null : `${before}\n${indent}${text.slice(end)}`
      expect(edit && applied(selected, edit).text).toBe(wanted)
    }),
  )
})
