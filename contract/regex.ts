/** Whether a pattern of a claim occurs in a text. @throws SyntaxError when `regexFault` names a fault of the pattern */
export function matchesRegex(text: string, pattern: string): boolean {
  return new RegExp(pattern, 'u').test(text)
}

/** Why a text is not a regular expression, or null when it is one. */
export function regexFault(pattern: string): string | null {
  try {
    new RegExp(pattern, 'u')
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
