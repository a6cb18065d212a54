import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { didYouMean, type Fault } from './fault.ts'
import { placesOfKey } from './key-places.ts'
import { plainMessage } from './plain-message.ts'
import { slowPatternsIn } from './slow-patterns.ts'
import { aliasFault } from './yaml-aliases.ts'
import { yamlMessage } from './yaml-message.ts'

/** YAML in a file: all of it, or the front matter. */
export interface YamlSource {
  file: string
  text: string
  /** Lines of the file before the text's first one. */
  offset: number
}

/** What was read, and the line in the file at which a path of it begins. */
export interface YamlResult<T> {
  value: T
  lineOf: (path: readonly PropertyKey[]) => number
}

/**
 * Parses YAML and checks it against a schema.
 * @param names known keys, to suggest the nearest for an unknown one
 * @param faults every fault is added here, with its line in the file
 * @returns null when there was a fault
 */
export function readYaml<T>(
  source: YamlSource,
  schema: z.ZodType<T>,
  names: readonly string[],
  faults: Fault[],
): YamlResult<T> | null {
  const counter = new LineCounter()
  const document = parseDocument(source.text, { lineCounter: counter, prettyErrors: false })
  const lineAt = (position: number): number => counter.linePos(position).line + source.offset
  // Further errors follow from the first one.
  const [error] = document.errors
  if (error !== undefined) {
    faults.push({
      file: source.file,
      line: lineAt(error.pos[0]),
      cause: yamlMessage(error, source.text.split('\n')[counter.linePos(error.pos[0]).line - 1] ?? ''),
    })
    return null
  }
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(positionOf(document, path))
  const alias = aliasFault(document)
  if (alias !== null) {
    faults.push({ file: source.file, line: lineAt(alias.position), cause: alias.cause })
    return null
  }
  const result = schema.safeParse(document.toJS(), { error: plainMessage })
  if (result.success) {
    const slow = slowPatternsIn(result.data)
    faults.push(...slow.map(({ path, cause }) => ({ file: source.file, line: lineOf(path), cause })))
    return slow.length > 0 ? null : { value: result.data, lineOf }
  }
  const missing = result.error.issues.filter(({ message }) => message === 'missing')
  /** Faults that follow from a misspelt key: the right one is missing, and what has it says nothing. */
  const meant = new Set<unknown>()
  for (const issue of result.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue
    // Of the keys that are missing there, the misspelt one is probably the nearest.
    for (const other of result.error.issues)
      if (other.code === 'custom' && other.path.join() === issue.path.join()) meant.add(other)
    const here = missing.filter(({ path }) => path.slice(0, -1).join() === issue.path.join())
    for (const key of issue.keys) {
      const expected = here.find(({ path }) => didYouMean(key, [String(path.at(-1))]) !== '')
      meant.add(expected)
      const known = expected === undefined ? names : [String(expected.path.at(-1))]
      const isWords = /\s/.test(key) && (document.getIn([...issue.path, key]) ?? null) === null
      faults.push(
        isWords
          ? { file: source.file, line: lineOf([...issue.path, key]), cause: commaCause(key) }
          : unknownKey(issue.path, key, { file: source.file, names: known, lineOf }),
      )
    }
  }
  for (const issue of result.error.issues.filter((each) => !meant.has(each))) {
    if (issue.code === 'unrecognized_keys') continue
    const where = issue.path.map(String).join('.')
    const cause = `${where || 'the whole file'}: ${issue.message}`
    faults.push({ file: source.file, line: lineOf(issue.path), cause })
  }
  return null
}

interface KeyContext {
  file: string
  names: readonly string[]
  lineOf: (path: readonly PropertyKey[]) => number
}

function unknownKey(path: readonly PropertyKey[], key: string, { file, names, lineOf }: KeyContext): Fault {
  const where = path.map(String).join('.')
  const remedy = names.includes(key)
    ? `; it belongs${placesOfKey(key) || ' to another part'}: check the indentation`
    : didYouMean(key, names)
  return {
    file,
    line: lineOf([...path, key]),
    cause: `no such key "${key}"${where ? ` in ${where}` : ''}${remedy}`,
  }
}

/** `{ says: One thing, and another }` has a key called "and another". */
function commaCause(key: string): string {
  return `"${key}" follows a comma: between { and }, a text with a comma in it needs quotes; put the whole text in quotes`
}

/** Where the value at a path begins, or the nearest thing around it that exists. */
function positionOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const parent = document.getIn(path.slice(0, depth - 1), true)
    const key = path[depth - 1]
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === key)
      if (isScalar(pair?.key) && pair.key.range) return pair.key.range[0]
    }
    const node = document.getIn(path.slice(0, depth), true)
    if (hasRange(node)) return node.range[0]
  }
  return hasRange(document.contents) ? document.contents.range[0] : 0
}

function hasRange(node: unknown): node is { range: [number, number, number] } {
  return typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
}
