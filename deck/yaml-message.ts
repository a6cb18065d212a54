import type { YAMLError } from 'yaml'

const QUOTES = 'put the whole text in quotes'
const UNCLOSED = 'a quote or a bracket that opens here is never closed'

/**
 * What an author has to change where YAML can't be read.
 * @param line the text of the line that the error is in
 */
export function yamlMessage({ code, message }: Pick<YAMLError, 'code' | 'message'>, line: string): string {
  if (/Sequence item without/.test(message))
    return 'this line stands in a list, but has no "- " and isn’t indented like the keys of the item above'
  if (/must be sufficiently indented and end with|Missing closing/.test(message)) return UNCLOSED
  if (/Nested mappings/.test(message)) {
    return /:\s.*:(\s|$)/.test(line)
      ? `a text with a colon and a space in it needs quotes: ${QUOTES}`
      : 'the next line is indented further than this one, as if it belonged to it, or a bracket above is never closed'
  }
  if (/^[^'"]*[:-] +[*&!%@`]/.test(line))
    return `a text that begins with a special character needs quotes: ${QUOTES}`
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'indent with spaces; YAML allows no tabs'
    case 'BAD_INDENT':
      return 'this line is indented differently from the others of its list; begin it exactly below them'
    case 'DUPLICATE_KEY':
      return 'this key is written twice; keep one of them'
    case 'BAD_DQ_ESCAPE':
      return 'a backslash means something else between double quotes; use single quotes'
    case 'MULTIPLE_DOCS':
      return 'a second document begins here; remove the line with ---'
    case 'RESOURCE_EXHAUSTION':
      return 'there are too many brackets within brackets'
    case 'MULTILINE_IMPLICIT_KEY':
      return 'a line above has a quote that is never closed, or this one has no ": "'
    default:
      return /at node end/.test(message)
        ? 'something follows the closing quote; inside of single quotes, an apostrophe is written twice or curly: ’'
        : `this is not valid YAML; check quotes, brackets and indentation (${message})`
  }
}
