import { caretAfter, differenceOf } from '../sync/text-difference.ts'
import { covered, type Span, type Steps } from './word-steps.ts'

/** What is selected inside an element, by positions in its text; null when nothing is, or when any of it is outside. */
export function selectedIn(root: Element): Span | null {
  const selection = getSelection()
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return null
  const range = selection.getRangeAt(0)
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null
  const before = document.createRange()
  before.selectNodeContents(root)
  before.setEnd(range.startContainer, range.startOffset)
  const start = before.toString().length
  return { start, end: start + range.toString().length }
}

/** Selects part of an element's text, and scrolls the element so that its end can be seen. */
export function selectIn(root: HTMLElement, { start, end }: Span): void {
  const [from, to] = [pointAt(root, start, 'after'), pointAt(root, end, 'before')]
  if (from === null || to === null) return
  getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset)
}

/** Scrolls an element just as far as it takes to see a part of its text. */
export function scrollTo(root: HTMLElement, { start, end }: Span): void {
  const [from, to] = [pointAt(root, start, 'after'), pointAt(root, end, 'before')]
  if (from === null || to === null) return
  const range = document.createRange()
  range.setStart(from.node, from.offset)
  range.setEnd(to.node, to.offset)
  const [box, words] = [root.getBoundingClientRect(), range.getBoundingClientRect()]
  if (words.bottom > box.bottom) root.scrollTop += words.bottom - box.bottom + 8
  if (words.top < box.top) root.scrollTop += words.top - box.top - 8
}

/** A selection that stays on its words when the text around them changes. */
export function moved(span: Span, before: string, after: string): Span {
  const difference = differenceOf(before, after, after.length)
  return { start: caretAfter(difference, span.start), end: caretAfter(difference, span.end) }
}

/** Whether the steps cover exactly what is selected: if not, it was selected with a pointer. */
export function covers(steps: Steps, { start, end }: Span): boolean {
  const span = covered(steps)
  return span.start === start && span.end === end
}

function pointAt(
  root: Element,
  position: number,
  side: 'before' | 'after',
): { node: Node; offset: number } | null {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  let rest = position
  let last: Node | null = null
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { length } = node.textContent ?? ''
    if (side === 'before' ? rest <= length : rest < length) return { node, offset: rest }
    rest -= length
    last = node
  }
  return last === null ? null : { node: last, offset: last.textContent?.length ?? 0 }
}
