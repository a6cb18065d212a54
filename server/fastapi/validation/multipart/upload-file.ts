import type { Input, JsonObject, JsonValue } from '../../json/json-value.ts'
import type { Header } from './parse-multipart.ts'

const MAX_BYTES_IN_MEMORY = 1024 * 1024

/** What Starlette's UploadFile looks like as JSON: FastAPI's encoder writes every attribute of an object. */
export function uploadFile(filename: string, headers: readonly Header[], data: string): JsonObject {
  const named = new Map<string, JsonValue>()
  for (const [name, value] of headers) if (!named.has(name)) named.set(name, value)
  return new Map<string, JsonValue>([
    ['filename', filename],
    ['file', temporaryFile(data)],
    ['size', data.length],
    ['headers', named],
    ['_max_mem_size', MAX_BYTES_IN_MEMORY],
  ])
}

/**
 * FastAPI's encoder first tries `dict(file)`. A file iterates over its lines, and lines of two bytes make key-value pairs; with any
 * other line that fails, and the object's attributes are written instead, with the lines that haven't been read yet.
 */
function temporaryFile(data: string): JsonObject {
  const lines = data.match(/[^\n]*\n|[^\n]+/g) ?? []
  const odd = lines.findIndex((line) => line.length !== 2)
  if (odd < 0) return pairs(lines)
  const rest = lines.slice(odd + 1)
  const inner: JsonObject = rest.every((line) => line.length === 2) ? pairs(rest) : new Map()
  const mode: [string, JsonValue][] = [
    ['mode', 'w+b'],
    ['buffering', -1],
    ...['suffix', 'prefix', 'encoding', 'newline', 'dir', 'errors'].map((name): [string, JsonValue] => [
      name,
      null,
    ]),
  ]
  return new Map<string, JsonValue>([
    ['_file', inner],
    ['_max_size', MAX_BYTES_IN_MEMORY],
    ['_rolled', false],
    ['_TemporaryFileArgs', new Map(mode)],
  ])
}

function pairs(lines: readonly string[]): JsonObject {
  return new Map(lines.map((line) => [String(line.charCodeAt(0)), line.charCodeAt(1)]))
}

/** What a browser sends for a file input in which no file was chosen: no name and no bytes. */
export function isEmptyFile(value: Input): boolean {
  return value instanceof Map && value.get('filename') === '' && value.get('size') === 0
}
