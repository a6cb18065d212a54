const COPY_FOR_BASH =
  'In the browser’s developer tools choose “Copy as cURL (bash)”, or write it with single quotes.'

/**
 * Recognizes escapes of Windows shells outside of quotes.
 * @throws SyntaxError that says where to get the command for bash
 */
export function refuseOtherShell(text: string, at: number): void {
  if (/^\^("|[ \t]*\n|[ \t]*$)/.test(text.slice(at, at + 200)))
    throw new SyntaxError(`This looks like a command for cmd.exe, which escapes with “^”. ${COPY_FOR_BASH}`)
  if (/^`[ \t]*\n/.test(text.slice(at, at + 200)))
    throw new SyntaxError(
      `This looks like a command for PowerShell, where “\`” continues a line. ${COPY_FOR_BASH}`,
    )
}

/** The error for a command that doesn't start with curl. */
export function notCurl(program: string): SyntaxError {
  if (/^(invoke-webrequest|invoke-restmethod|iwr|irm)$/i.test(program))
    return new SyntaxError(`${program} is PowerShell, not curl. ${COPY_FOR_BASH}`)
  return new SyntaxError(`This starts with “${program}”, not with curl.`)
}

const SPACES = /[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff]/
const QUOTES = /[\u2018-\u201f]/
const DASHES = /[\u2010-\u2015\u2212]/

/**
 * Recognizes what word processors and web pages turn plain characters into.
 * @param first whether the character is the first of its word
 * @throws SyntaxError that names the plain character to use
 */
export function refuseTypography(char: string, first: boolean): void {
  const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  if (SPACES.test(char))
    throw new SyntaxError(
      `There is a special space (${code}), which a shell doesn't treat as a space. Replace it with a plain one.`,
    )
  if (QUOTES.test(char))
    throw new SyntaxError(
      `${char} is a typographic quote, which a shell doesn't treat as a quote. Replace it with ' or ".`,
    )
  if (first && DASHES.test(char))
    throw new SyntaxError(`“${char}” is a long dash, not a hyphen. Write the option with - or --.`)
}
