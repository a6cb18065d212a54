import type { PromiseRow } from '../../e2e/support/promise-row.ts'

/** A table in Markdown: promise, tried, held. */
export function tableOf(rows: readonly PromiseRow[]): string {
  const cells = rows.map((row) => [row.promise, row.tried, heldOf(row)])
  return [['Promise', 'Tried', 'Held'], ['---', '---', '---'], ...cells].map(lineOf).join('\n')
}

function heldOf({ held, figure, leftOut }: PromiseRow): string {
  if (leftOut !== undefined) return `left out: ${leftOut}`
  return [held ? 'yes' : '**no**', ...(figure === undefined ? [] : [figure])].join(': ')
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
