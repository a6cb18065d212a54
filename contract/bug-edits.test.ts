import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits, testsOfBug } from './bug-edits.ts'
import { Step } from './step.ts'

const files = { 'main.py': 'one\n  two\nthree\n  two\n', 'routers/users.py': 'x = "$&"\n' }

test('edits are applied one after another, and the files given stay as they are', () => {
  const before = structuredClone(files)
  const edited = applyEdits(files, [
    { file: 'main.py', replace: 'one\n  two', with: 'ONE' },
    { file: 'main.py', replace: '  two', with: '' },
    { file: 'routers/users.py', replace: '"$&"', with: '"$$ $1"' },
  ])
  expect(edited).toEqual({ 'main.py': 'ONE\nthree\n\n', 'routers/users.py': 'x = "$$ $1"\n' })
  expect(files).toEqual(before)
})

test.each([
  ['an unknown file', { file: 'models.py', replace: 'x' }, 'the project has no file “models.py”'],
  ['a line that isn’t there', { file: 'main.py', replace: 'one\n  four' }, 'main.py has no line “four”'],
  [
    'another indentation',
    { file: 'main.py', replace: 'one\ntwo' },
    'main.py has these lines, but not one after the other with this indentation (in YAML, |2- keeps the spaces before the first line)',
  ],
  [
    'text that is there twice',
    { file: 'main.py', replace: 'two' },
    'main.py has this text 2 times, in lines 2, 4; add the line above or below, so that it is there once',
  ],
])('%s is said in a sentence', (_, edit, sentence) => {
  expect(() => applyEdits(files, [{ ...edit, with: 'y' }])).toThrow(new RangeError(sentence))
})

test('an edit changes its own place and nothing else, whatever stands around it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '$', '&', ' ') })
  fc.assert(
    fc.property(text, text, text, (before, replacement, after) => {
      const edit = { file: 'a.py', replace: '<here>', with: replacement }
      expect(applyEdits({ 'a.py': `${before}<here>${after}` }, [edit])).toEqual({
        'a.py': before + replacement + after,
      })
    }),
  )
})

test('the tests of a bug are its steps in the lesson’s order, and then its checks', () => {
  const step = (id: string) => Step.parse({ id, title: 'Title', note: 'Note.', path: '/items' })
  const steps = [step('one'), step('two'), step('three')]
  const tests = testsOfBug({ steps: ['three', 'one'], checks: [step('check')] }, steps)
  expect(tests.ids).toEqual(['one', 'three', 'check'])
  expect(tests.steps.map(({ id }) => id)).toEqual(['one', 'two', 'three', 'check'])
  expect(testsOfBug({ checks: [] }, steps).ids).toEqual(['one', 'two', 'three'])
})
