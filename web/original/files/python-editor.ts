import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { python } from '@codemirror/lang-python'
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from '@codemirror/language'
import { EditorState, Prec, StateEffect, StateField, type Extension } from '@codemirror/state'
import {
  Decoration,
  drawSelection,
  EditorView,
  keymap,
  lineNumbers,
  type DecorationSet,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { editorLooks } from '../../ui/editor-looks.ts'
import { isComposing, isSendKey } from '../../ui/typing.ts'
import { pythonBlockEnds } from './python-indent.ts'

/** A line to point at: `error` where an exception came from, `now` where a stepped run stands, `link` what a link led to. */
export interface LineMark {
  /** From 1. */
  line: number
  kind: 'error' | 'now' | 'link'
}

export interface PythonEditor {
  /** Shows a file; each keeps its own undo history. */
  show(path: string, text: string): void
  /** Points at lines of the file shown, and brings the first into view. */
  mark(marks: readonly LineMark[]): void
  /** Puts the caret into a line, with the focus. @param line from 1 */
  goTo(line: number): void
  close(): void
}

export interface PythonEditorOptions {
  changed(path: string, text: string): void
  run(): void
  readOnly?: boolean
}

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword], color: 'var(--code-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: [tags.number, tags.bool, tags.null, tags.self], color: 'var(--code-constant)' },
  { tag: tags.comment, color: 'var(--code-comment)' },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName)), tags.meta],
    color: 'var(--code-function)',
  },
  { tag: [tags.className, tags.definition(tags.className)], color: 'var(--code-function)' },
  { tag: tags.function(tags.propertyName), color: 'var(--code-function)' },
])

const looks = EditorView.theme({
  '&': { height: '100%' },
  '.cm-scroller': { lineHeight: '1.55' },
  '.cm-content': { padding: '0.5rem 0' },
  '.cm-gutters': { backgroundColor: 'var(--color-surface)' },
  '.viva-now, .viva-link': {
    backgroundColor: 'var(--color-lit)',
    boxShadow: 'inset 3px 0 var(--color-lit-edge)',
  },
  '.viva-error': { backgroundColor: 'var(--color-bad-wash)', boxShadow: 'inset 3px 0 var(--color-bad)' },
})

const setMarks = StateEffect.define<readonly LineMark[]>()
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((one) => one.is(setMarks))
    if (!effect) return marks.map(transaction.changes)
    const { doc } = transaction.state
    const lines = effect.value
      .filter(({ line }) => line >= 1 && line <= doc.lines)
      .sort((one, other) => one.line - other.line)
    return Decoration.set(
      lines.map(({ line, kind }) => Decoration.line({ class: `viva-${kind}` }).range(doc.line(line).from)),
    )
  },
  provide: (field) => EditorView.decorations.from(field),
})

/**
 * Opens an editor for Python in a shadow root: there its styles are adopted sheets, which `style-src 'self'` allows. Tab leaves the
 * editor; Ctrl+] and Ctrl+[ indent.
 */
export function openPythonEditor(root: ShadowRoot, options: PythonEditorOptions): PythonEditor {
  const states = new Map<string, EditorState>()
  let path = ''
  const run = (event: KeyboardEvent): boolean => {
    if (isSendKey(event)) options.run()
    return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event)
  }
  const extensions: Extension = [
    Prec.highest(EditorView.domEventHandlers({ keydown: run })),
    lineNumbers(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('    '),
    bracketMatching(),
    pythonBlockEnds,
    python(),
    EditorState.readOnly.of(options.readOnly === true),
    syntaxHighlighting(colours),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    marked,
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.changed(path, update.state.doc.toString())
    }),
    editorLooks,
    looks,
  ]
  const labelled = (name: string): Extension =>
    EditorView.contentAttributes.of({
      ...{ 'aria-label': name, spellcheck: 'false', autocapitalize: 'off' },
      // What is editable has the focus in any case; said so, the region that scrolls counts as reachable by keys.
      tabindex: '0',
    })
  const stateOf = (name: string, doc: string) =>
    EditorState.create({ doc, extensions: [extensions, labelled(name)] })
  const view = new EditorView({ root, parent: root, state: stateOf('', '') })

  function show(next: string, text: string): void {
    if (next !== path) {
      if (path !== '') states.set(path, view.state)
      path = next
      view.setState(states.get(next) ?? stateOf(next, text))
    }
    const { doc } = view.state
    if (doc.toString() !== text) view.dispatch({ changes: { from: 0, to: doc.length, insert: text } })
  }

  function mark(marks: readonly LineMark[]): void {
    const { doc } = view.state
    const first = marks[0]
    const scroll =
      first && first.line >= 1 && first.line <= doc.lines
        ? [EditorView.scrollIntoView(doc.line(first.line).from, { y: 'nearest', yMargin: 60 })]
        : []
    view.dispatch({ effects: [setMarks.of(marks), ...scroll] })
  }

  function goTo(line: number): void {
    const { doc } = view.state
    const { from } = doc.line(Math.min(Math.max(line, 1), doc.lines))
    view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) })
    view.focus()
  }

  return { show, mark, goTo, close: () => view.destroy() }
}
