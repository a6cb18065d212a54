import type { z } from 'zod'

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a set of keys',
  record: 'a set of keys',
}

/** What an author has to change, for faults whose schema has no message of its own; undefined where Zod's own words are the best there is. */
export const plainMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'missing'
      return `must be ${NOUNS[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}${remedyFor(issue.expected, issue.input)}`
    case 'invalid_value':
      if (issue.input === undefined) return 'missing'
      return `must be ${issue.values.length > 1 ? 'one of ' : ''}${issue.values.map((value) => JSON.stringify(value)).join(', ')}`
    case 'too_small':
      return sizeMessage(issue.origin, 'at least', Number(issue.minimum))
    case 'too_big':
      return sizeMessage(issue.origin, 'at most', Number(issue.maximum))
    case 'invalid_format':
      if (issue.format === 'url') return 'must be a whole address, such as https://fastapi.tiangolo.com/'
      return 'prefix' in issue ? `must start with ${JSON.stringify(issue.prefix)}` : undefined
    case 'invalid_union':
      return issue.input === undefined ? 'missing' : undefined
    default:
      return undefined
  }
}

function sizeMessage(origin: string, limit: 'at least' | 'at most', size: number): string {
  if (origin === 'array') return `needs ${limit} ${size} ${size === 1 ? 'item' : 'items'}`
  if (origin === 'string') return `needs ${limit} ${size} ${size === 1 ? 'character' : 'characters'}`
  return `must be ${limit} ${size}`
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'number' && !Number.isInteger(value)) return `${value}`
  return NOUNS[typeof value] ?? typeof value
}

/** What an author probably has to write instead. */
function remedyFor(expected: string, input: unknown): string {
  if (expected === 'array' && input !== null) return '; begin each item with "- ", or put the list in [ ]'
  if (expected !== 'string' || input === null) return ''
  if (typeof input !== 'object') return '; put it in quotes'
  return Array.isArray(input) ? '' : '; a text with a colon and a space in it needs quotes'
}
