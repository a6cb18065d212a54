/** Whether a claim's pattern matches anywhere in a text. @throws SyntaxError when `regexFault` returns a fault for the pattern */
export function matchesRegex(text: string, pattern: string): boolean {
  return new RegExp(pattern, 'u').test(text)
}

/** The first part of a text that a pattern finds, or null. @throws as `matchesRegex` */
export function partMatching(text: string, pattern: string): string | null {
  return new RegExp(pattern, 'u').exec(text)?.[0] ?? null
}

/** Why a text isn't a valid regular expression, or null when it is. */
export function regexFault(pattern: string): string | null {
  try {
    new RegExp(pattern, 'u')
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
