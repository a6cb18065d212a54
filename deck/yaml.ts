import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { didYouMean, type Fault } from './fault.ts'
import { plainMessage } from './plain-message.ts'

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
      cause: `this is not valid YAML; check quotes, brackets and indentation (${error.message})`,
    })
    return null
  }
  const lineOf = (path: readonly PropertyKey[]): number => lineAt(positionOf(document, path))
  const result = schema.safeParse(document.toJS(), { error: plainMessage })
  if (result.success) return { value: result.data, lineOf }
  for (const issue of result.error.issues) faults.push(...faultsOf(issue, source.file, names, lineOf))
  return null
}

function faultsOf(
  issue: z.core.$ZodIssue,
  file: string,
  names: readonly string[],
  lineOf: (path: readonly PropertyKey[]) => number,
): Fault[] {
  const where = issue.path.map(String).join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      file,
      line: lineOf([...issue.path, key]),
      cause: `no such key "${key}"${where ? ` in ${where}` : ''}${didYouMean(key, names)}`,
    }))
  }
  return [{ file, line: lineOf(issue.path), cause: `${where || 'the whole file'}: ${issue.message}` }]
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
