import { EditorView } from '@codemirror/view'

/** How every code editor looks. Each adds its own measures and colours. */
export const editorLooks = EditorView.theme({
  '&': { fontSize: 'var(--editor-font-size)', color: 'var(--color-text)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-code)' },
  '.cm-content': { caretColor: 'var(--color-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--color-text)' },
  '.cm-gutters': { color: 'var(--color-muted)', border: 'none' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--color-selection)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--color-selection)',
  },
})
