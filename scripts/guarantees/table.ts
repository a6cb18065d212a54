import type { GuaranteeRow } from '../../e2e/support/guarantee-row.ts'

/** A table in Markdown: guarantee, tried, held. */
export function tableOf(rows: readonly GuaranteeRow[]): string {
  const cells = rows.map((row) => [row.guarantee, row.tried, heldOf(row)])
  return [['Guarantee', 'Tried', 'Held'], ['---', '---', '---'], ...cells].map(lineOf).join('\n')
}

function heldOf({ held, figure, leftOut }: GuaranteeRow): string {
  if (leftOut !== undefined) return `left out: ${leftOut}`
  return [held ? 'yes' : '**no**', ...(figure === undefined ? [] : [figure])].join(': ')
}

function lineOf(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
