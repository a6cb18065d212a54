import { indentService, syntaxTree, type IndentContext } from '@codemirror/language'
import type { Extension } from '@codemirror/state'

type SyntaxNode = ReturnType<ReturnType<typeof syntaxTree>['resolveInner']>

/** What the rest of a block can't be reached after. */
const ENDS_BLOCK = new Set([
  'ReturnStatement',
  'RaiseStatement',
  'PassStatement',
  'BreakStatement',
  'ContinueStatement',
])

/**
 * Where Enter leads after the end of a block, which the rules of `@codemirror/lang-python` don't know: after `while True: pass` the block
 * was on that line, and after `return` nothing more of it can run. Everything else is left to those rules.
 */
export const pythonBlockEnds: Extension = indentService.of((context, pos) => {
  const isEnter = context.simulatedBreak === pos && context.textAfterPos(pos).trim() === ''
  const statement = isEnter ? statementBefore(context, pos) : null
  const body = statement?.parent
  if (!statement || body?.name !== 'Body' || !body.parent) return undefined
  const isOneLine = lineOf(context, body.from) === lineOf(context, body.firstChild?.nextSibling?.from ?? pos)
  const last = statement.name === 'StatementGroup' ? statement.lastChild : statement
  if (!isOneLine && !ENDS_BLOCK.has(last?.name ?? '')) return undefined
  return context.lineIndent(body.parent.from)
})

/** The statement that ends where a line is broken, if it is complete there. */
function statementBefore({ state }: IndentContext, pos: number): SyntaxNode | null {
  const tree = syntaxTree(state)
  const comment = tree.resolveInner(pos, -1)
  const before = state.sliceDoc(state.doc.lineAt(pos).from, comment.name === 'Comment' ? comment.from : pos)
  const end = state.doc.lineAt(pos).from + before.trimEnd().length
  let node: SyntaxNode | null = tree.resolveInner(end, -1)
  for (; node && !node.type.is('Statement'); node = node.parent)
    if (node.to > end || node.lastChild?.type.isError) return null
  const group = node?.parent?.name === 'StatementGroup' ? node.parent : node
  return group && group.to === end && !group.lastChild?.type.isError ? group : null
}

function lineOf({ state }: IndentContext, pos: number): number {
  return state.doc.lineAt(pos).number
}
