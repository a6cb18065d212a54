import type { Input } from '../json/json-value.ts'
import { FormError } from './form-error.ts'

const INVALID = 'Invalid multipart data.'
const CRLF = '\r\n'

/**
 * Reads the parts of a `multipart/form-data` body (RFC 7578). A part that no boundary ends is dropped; an uploaded file
 * becomes an object, for no field here takes one.
 * @throws {FormError}
 */
export function readMultipart(contentType: string, body: Buffer): [string, Input][] {
  const boundary = parameter(contentType, 'boundary')
  if (boundary === undefined) throw new FormError('Missing boundary in multipart.')
  // One byte, one character: what belongs to a part's text is decoded at the end.
  const text = body.toString('latin1').replace(/^[\r\n]+/, '')
  if (text === '') return []
  const delimiter = `--${boundary}`
  if (!text.startsWith(delimiter)) throw new FormError(INVALID)
  const fields: [string, Input][] = []
  let at = delimiter.length
  while (text.startsWith(CRLF, at)) {
    const end = text.indexOf(CRLF + delimiter, at)
    const part = text.slice(at + CRLF.length, end < 0 ? undefined : end)
    const field = readPart(part)
    if (end < 0) return fields
    fields.push(field)
    at = end + CRLF.length + delimiter.length
  }
  if (!text.startsWith('--', at)) throw new FormError(INVALID)
  return fields.filter(([, value]) => !isEmptyFile(value))
}

function readPart(part: string): [string, Input] {
  const split = part.startsWith(CRLF) ? 0 : part.indexOf(CRLF + CRLF)
  const headers = readHeaders(part.slice(0, Math.max(split, 0)))
  const disposition = headers.get('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined) {
    throw new FormError('The Content-Disposition header field "name" must be provided.')
  }
  const data = Buffer.from(part.slice(split + 2 * CRLF.length), 'latin1')
  const filename = parameter(disposition, 'filename')
  if (filename === undefined) return [decode(name), decode(data.toString('latin1'))]
  const file: [string, Input][] = [
    ['filename', decode(filename)],
    ['size', data.length],
  ]
  return [decode(name), new Map(file) as Input]
}

function readHeaders(lines: string): Map<string, string> {
  const headers = new Map<string, string>()
  for (const line of lines === '' ? [] : lines.split(CRLF)) {
    const [, name, value] = /^([!#$%&'*+\-.^`|~\w]+):[ \t]*(.*)$/.exec(line) ?? []
    if (name === undefined || value === undefined) throw new FormError(INVALID)
    headers.set(name.toLowerCase(), value)
  }
  return headers
}

function isEmptyFile(value: Input): boolean {
  return value instanceof Map && value.get('filename') === '' && value.get('size') === 0
}

/** `name=value` or `name="value"` behind a semicolon. */
function parameter(header: string, name: string): string | undefined {
  const pattern = new RegExp(`;[ \\t]*${name}=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;]*))`, 'i')
  const [, quoted, bare] = pattern.exec(header) ?? []
  return quoted?.replace(/\\(.)/g, '$1') ?? bare?.trim()
}

/** UTF-8, or Latin-1 where it isn't. */
function decode(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(latin1, 'latin1'))
  } catch {
    return latin1
  }
}
