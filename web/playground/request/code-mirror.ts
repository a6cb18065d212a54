import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { json } from '@codemirror/lang-json'
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language'
import { EditorState, Prec } from '@codemirror/state'
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { editorLooks } from '../../ui/editor-looks.ts'
import { isComposing, isSendKey } from '../../ui/typing.ts'

export interface EditorStart {
  text: string
  from: number
  to: number
  label: string
  changed(text: string): void
  send(): void
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--code-function)' },
  { tag: tags.string, color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--color-warn)' },
  { tag: [tags.bool, tags.null], color: 'var(--code-keyword)' },
])

const looks = EditorView.theme({
  '&': { backgroundColor: 'var(--color-surface)' },
  '.cm-scroller': { lineHeight: '1.5' },
  '.cm-content': { padding: '0.4rem 0' },
  '.cm-gutters': { backgroundColor: 'transparent' },
})

/**
 * Opens a JSON editor in a shadow root: there its styles are adopted sheets, which `style-src 'self'` allows. Tab leaves the editor.
 */
export function openEditor(root: ShadowRoot, start: EditorStart): EditorView {
  /** The editor's own Ctrl+Enter would insert a line; here it only sends. */
  const send = (event: KeyboardEvent): boolean => {
    if (isSendKey(event)) start.send()
    return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event)
  }
  return new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: start.text,
      selection: { anchor: start.from, head: start.to },
      extensions: [
        Prec.highest(EditorView.domEventHandlers({ keydown: send })),
        lineNumbers(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        json(),
        syntaxHighlighting(colours),
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': start.label, spellcheck: 'false' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) start.changed(update.state.doc.toString())
        }),
        editorLooks,
        looks,
      ],
    }),
  })
}
