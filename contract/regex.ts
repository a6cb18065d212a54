/** Whether a claim's pattern matches anywhere in a text. @throws SyntaxError when `regexFault` returns a fault for the pattern */
export function matchesRegex(text: string, pattern: string): boolean {
  return new RegExp(pattern, 'u').test(text)
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
