/**
 * Rows as RFC 4180 has them, for any spreadsheet. A text that a spreadsheet could take for a formula gets an apostrophe before it, as OWASP
 * advises (CSV Injection); numbers stay numbers.
 */
export function csvOf(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('')
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // Full-width signs and spaces before a sign are read as the sign by some programs.
  const safe = /^\s*[=+\-@＝＋－＠|]/u.test(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value
  return `"${safe.replaceAll('"', '""')}"`
}
