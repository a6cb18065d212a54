/**
 * Rows as CSV (RFC 4180), for any spreadsheet. Text that a spreadsheet could take for a formula gets a leading apostrophe, as OWASP advises
 * (CSV Injection); numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('')
}

/** Some programs accept full-width signs, and skip spaces and invisible characters before a sign. */
const FORMULA = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠|]/u

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  const isFormula = FORMULA.test(value) || /^[\t\r\n]/.test(value)
  const safe = isFormula ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
