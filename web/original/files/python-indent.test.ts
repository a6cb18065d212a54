// @vitest-environment node
import { insertNewlineAndIndent } from '@codemirror/commands'
import { python } from '@codemirror/lang-python'
import { ensureSyntaxTree, indentOnInput, indentUnit } from '@codemirror/language'
import { EditorState, type Extension, type TransactionSpec } from '@codemirror/state'
import { expect, test } from 'vitest'
import { OWN_FILES } from './own-files.ts'
import { pythonBlockEnds } from './python-indent.ts'

const LANGUAGE = [python(), indentUnit.of('    '), indentOnInput()]

/** A document with the caret at `‸`. */
function stateOf(marked: string, extensions: Extension): EditorState {
  const anchor = marked.indexOf('‸')
  const doc = marked.replace('‸', '')
  const state = EditorState.create({ doc, selection: { anchor }, extensions })
  return parsed(state)
}

/** The state with a tree of the whole document, however busy the machine is. */
function parsed(state: EditorState): EditorState {
  ensureSyntaxTree(state, state.doc.length, 60_000)
  return state.update({}).state
}

/** What Enter makes of a text, with the caret at `‸`. */
function entered(marked: string, extensions: Extension = [pythonBlockEnds, LANGUAGE]): string {
  let state = stateOf(marked, extensions)
  insertNewlineAndIndent({ state, dispatch: (transaction) => (state = transaction.state) })
  const { head } = state.selection.main
  return `${state.sliceDoc(0, head)}‸${state.sliceDoc(head)}`
}

/** What typing letters makes of a text. */
function typed(marked: string, letters: string): string {
  let state = stateOf(marked, LANGUAGE)
  for (const letter of letters) {
    const spec: TransactionSpec = { ...state.replaceSelection(letter), userEvent: 'input.type' }
    state = parsed(state.update(spec).state)
  }
  return state.doc.toString()
}

const inside = (line: string): string => `class A:\n    def f(self):\n        if self.x:\n            ${line}`

test.each([
  // A block on one line is over at its end.
  ['while True: pass‸', 0],
  ['class A: pass  # nothing‸', 0],
  ['def f():\n    if x: y = 1; z = 2‸', 4],
  ['def f():\n    if (x and\n            y): z()‸', 4],
  ['match x:\n    case 1: y = 2‸', 4],
  ['try: x()‸', 0],
  ['if x: y()\nelse: z()‸', 0],
  // So is one after which nothing of it can run.
  [inside('return‸'), 8],
  [inside('return f(1)‸'), 8],
  [inside('return f(1)  # why: because‸'), 8],
  [inside('return f(\n                1,\n            )‸'), 8],
  [inside('x = 1; return x‸'), 8],
  [inside('raise ValueError("no")‸'), 8],
  [inside('pass‸'), 8],
  [inside('break‸'), 8],
  [inside('continue‸'), 8],
  ['@app.get("/")\ndef f():\n    return 1‸', 0],
  // Elsewhere, the rules of the language hold.
  [inside('returned = 1‸'), 12],
  [inside('yield 1‸'), 12],
  [inside('x = {1: 2}‸'), 12],
  [inside('x = lambda: 0‸'), 12],
  ['def f(a: int) -> int:‸', 4],
  ['def f():  # a comment‸', 4],
  ['if x:\n    y()\nelse:‸', 4],
  ['pass‸', 0],
  ['@app.get("/")‸', 0],
  ['x = [‸', 4],
  ['x = f(‸', 4],
  ['x = f(\n    1,‸', 4],
  [inside('return [‸'), 16],
  [inside('return f(\n                1,‸'), 16],
  ['if x: y = [‸', 4],
  ['def f():\n    """Says: this‸', 4],
])('after %j, Enter leads to column %i', (marked, column) => {
  const after = entered(marked)
  expect(after).toBe(`${marked.replace('‸', '')}\n${' '.repeat(column)}‸`)
})

test('a line that is broken before its end keeps what follows in its block', () => {
  expect(entered('while True: ‸pass')).toBe('while True: \n    ‸pass')
  expect(entered('def f():\n    return ‸1')).toBe('def f():\n    return \n    ‸1')
  expect(entered('x = [‸]')).toBe('x = [\n    ‸\n]')
})

test('a block that goes on with else, except or a bracket moves out as it is typed', () => {
  const open = 'def f():\n    if x:\n        y()\n        ‸'
  expect(typed(open, 'else:')).toBe('def f():\n    if x:\n        y()\n    else:')
  expect(typed(open, 'elif z:')).toBe('def f():\n    if x:\n        y()\n    elif z:')
  expect(typed('try:\n    x()\n    ‸', 'except E:')).toBe('try:\n    x()\nexcept E:')
  expect(typed('x = [\n    1,\n    ‸', ']')).toBe('x = [\n    1,\n]')
})

test('in the project’s own code, the next line is never deeper than where Enter leads instead', () => {
  let changed = 0
  for (const text of [OWN_FILES['routers/users.py'] ?? '', OWN_FILES['database.py'] ?? '']) {
    const states = [LANGUAGE, [pythonBlockEnds, LANGUAGE]].map((rules) => stateOf(`‸${text}`, rules))
    const lines = text.split('\n')
    for (const [index, line] of lines.entries()) {
      const [plain = 0, own = 0] = states.map((state) => columnAfter(state, index + 1))
      if (plain === own) continue
      changed += 1
      const next = lines.slice(index + 1).find((one) => one.trim() !== '') ?? ''
      expect(own, line).toBeGreaterThanOrEqual(next.search(/\S|$/))
    }
  }
  expect(changed).toBeGreaterThan(3)
})

/** The column to which Enter leads at the end of a line. */
function columnAfter(state: EditorState, line: number): number {
  let now = state.update({ selection: { anchor: state.doc.line(line).to } }).state
  insertNewlineAndIndent({ state: now, dispatch: (transaction) => (now = transaction.state) })
  const { head } = now.selection.main
  return head - now.doc.lineAt(head).from
}
