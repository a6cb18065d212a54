/**
 * Rows as RFC 4180 has them, for any spreadsheet. A text that a spreadsheet could take for a formula gets an apostrophe before it, as OWASP
 * advises (CSV Injection); numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('')
}

/** Some programs read a full-width sign as the sign, and pass over spaces and what can't be seen before it. */
const FORMULA = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠|]/u

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const isFormula = FORMULA.test(value) || /^[\t\r\n]/.test(value)
  const safe = isFormula ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
