/** Words that YAML reads as something other than a text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i
const PLAIN = /^[\p{L}/][\p{L}\d_@./+=&?-]*(?: [\p{L}\d_@./+=&?-]+)*$/u
/** Control characters, line breaks, halves of a pair and what an editor doesn't show. */
const NEEDS_ESCAPE = /[\p{C}\p{Zl}\p{Zp}]/u
const MAX_COLUMNS = 100

export type Yaml = null | boolean | number | string | readonly Yaml[] | { readonly [key: string]: Yaml }

/**
 * A value as YAML, each line indented by `indent` spaces and ended by a line break.
 * @param isBlock whether the value at a path is written on lines of its own, even where one line would hold it
 */
export function toYaml(value: Yaml, isBlock: (path: readonly string[]) => boolean, indent = 0): string {
  return linesOf(value, [])
    .map((line) => `${' '.repeat(indent)}${line}\n`)
    .join('')

  function linesOf(part: Yaml, path: readonly string[]): string[] {
    const inLine = flow(part)
    const isShort = inLine.length + indent + 2 * path.length < MAX_COLUMNS
    if (isScalar(part) || isEmpty(part) || (isShort && !isBlock(path))) return [inLine]
    if (Array.isArray(part)) {
      return (part as readonly Yaml[]).flatMap((item, index) =>
        linesOf(item, [...path, String(index)]).map((line, at) => (at === 0 ? '- ' : '  ') + line),
      )
    }
    return Object.entries(part).flatMap(([key, item]) => {
      const [first = '', ...rest] = linesOf(item, [...path, key])
      const fitsBeside = rest.length === 0 && !startsBlock(item, first)
      return fitsBeside
        ? [`${scalar(key)}: ${first}`]
        : [`${scalar(key)}:`, ...[first, ...rest].map((line) => `  ${line}`)]
    })
  }
}

function startsBlock(value: Yaml, first: string): boolean {
  return !isScalar(value) && !/^[[{]/.test(first)
}

function flow(value: Yaml): string {
  if (isScalar(value)) return scalar(value)
  if (Array.isArray(value)) return `[${(value as readonly Yaml[]).map(flow).join(', ')}]`
  const entries = Object.entries(value).map(([key, item]) => `${scalar(key)}: ${flow(item)}`)
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}'
}

function isScalar(value: Yaml): value is null | boolean | number | string {
  return value === null || typeof value !== 'object'
}

function isEmpty(value: Yaml): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0
}

function scalar(value: null | boolean | number | string): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (PLAIN.test(value) && !RESERVED.test(value)) return value
  if (!NEEDS_ESCAPE.test(value)) return `'${value.replaceAll("'", "''")}'`
  return JSON.stringify(value).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (char) =>
    char
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  )
}
