import { partsOf } from '../../code/fenced.ts'
import { isComposing } from '../../ui/typing.ts'

/** A text field: its text, and where its selection begins and ends. */
export interface Selected {
  text: string
  start: number
  end: number
}

/** Replaces what is between `from` and `to` and selects from `start` to `end`. */
export interface Edit {
  from: number
  to: number
  inserted: string
  start: number
  end: number
}

const INDENT = '    '
const OUTDENT = /^(?: {1,4}|\t)/

/**
 * What a key does within a fenced block: Tab indents, Shift+Tab outdents, and Enter keeps the line's indentation.
 * @returns null where it does what it always does
 */
export function codeEdit(key: string, shift: boolean, selected: Selected): Edit | null {
  const { text, start, end } = selected
  if (!isInCode(selected)) return null
  const lineFrom = text.lastIndexOf('\n', start - 1) + 1
  if (key === 'Enter' && !shift) {
    const indent = /^[ \t]*/.exec(text.slice(lineFrom, start))?.[0] ?? ''
    return indent === '' ? null : insertion(`\n${indent}`, selected)
  }
  if (key !== 'Tab') return null
  if (!shift && start === end) return insertion(INDENT, selected)
  return shift && start === end ? outdented(lineFrom, selected) : shifted(shift, lineFrom, selected)
}

/** Whether both ends of the selection are in one block. */
function isInCode({ text, start, end }: Selected): boolean {
  return partsOf(text).some(
    (part) =>
      part.language !== null &&
      // A block that has only its opening line has no line of code yet.
      text[part.from - 1] === '\n' &&
      start >= part.from &&
      // At its end a closed block has its closing line.
      (end < part.to || (end === part.to && part.to === text.length)),
  )
}

function insertion(inserted: string, { start, end }: Selected): Edit {
  const caret = start + inserted.length
  return { from: start, to: end, inserted, start: caret, end: caret }
}

/** Outdents the line of the caret. Nothing but its spaces is replaced: undo selects what it brings back. */
function outdented(from: number, { text, start }: Selected): Edit {
  const removed = OUTDENT.exec(text.slice(from))?.[0].length ?? 0
  const caret = Math.max(from, start - removed)
  return { from, to: from + removed, inserted: '', start: caret, end: caret }
}

/** Indents or outdents the lines of the selection. */
function shifted(out: boolean, from: number, { text, start, end }: Selected): Edit {
  const lineEnd = text.indexOf('\n', end)
  const to = lineEnd === -1 ? text.length : lineEnd
  const lines = text.slice(from, to).split('\n')
  const changed = lines.map((line) => (out ? line.replace(OUTDENT, '') : INDENT + line))
  const inserted = changed.join('\n')
  const ofFirst = (changed[0]?.length ?? 0) - (lines[0]?.length ?? 0)
  const first = Math.max(from, start + ofFirst)
  const last = Math.max(first, end + inserted.length - (to - from))
  return { from, to, inserted, start: first, end: last }
}

/**
 * Handles those keys in a text area, as if a person had typed what they insert: undo takes it back. After Escape, Tab leaves the field.
 * @returns a handler for `keydown`
 */
export function codeKeys(): (event: KeyboardEvent) => void {
  let leaving = false
  return (event) => {
    if (isComposing(event) || event.key === 'Shift') return
    const left = leaving
    leaving = event.key === 'Escape'
    if (event.ctrlKey || event.metaKey || event.altKey || (left && event.key === 'Tab')) return
    const area = event.target as HTMLTextAreaElement
    const { value: text, selectionStart: start, selectionEnd: end } = area
    const edit = codeEdit(event.key, event.shiftKey, { text, start, end })
    if (edit === null) return
    event.preventDefault()
    if (text.slice(edit.from, edit.to) === edit.inserted) return
    area.setSelectionRange(edit.from, edit.to)
    // The one way to change a field that its undo history knows.
    if (edit.inserted === '') document.execCommand('delete')
    else document.execCommand('insertText', false, edit.inserted)
    area.setSelectionRange(edit.start, edit.end)
  }
}
