import type { Input } from '../../json/json-value.ts'
import { decoderOf } from './charset.ts'
import { parseOptions } from './options-header.ts'
import { FormError, parseMultipart, type Header } from './parse-multipart.ts'
import { uploadFile } from './upload-file.ts'

const MAX_OF_A_KIND = 1000

interface Part {
  name: string
  headers: Header[]
  /** Undefined for a text field. */
  filename?: string
}

/**
 * Reads the fields of a `multipart/form-data` body as Starlette does. An uploaded file becomes an object; no field here
 * accepts one.
 * @param contentType the full header
 * @throws {FormError}
 */
export function readMultipart(contentType: string, body: Buffer): [string, Input][] {
  const { options } = parseOptions(contentType)
  const decode = decoderOf(options.get('charset') ?? 'utf-8')
  const boundary = options.get('boundary')
  if (boundary === undefined) throw new FormError('Missing boundary in multipart.')

  const fields: [string, Input][] = []
  const counts = { fields: 0, files: 0 }
  let part: Part = { name: '', headers: [] }
  parseMultipart(body.toString('latin1'), boundary, {
    onHeaders: (headers) => {
      part = partOf(headers, decode)
      count(counts, part.filename === undefined ? 'fields' : 'files')
    },
    onPart: (data) => {
      const { name, filename, headers } = part
      fields.push([name, filename === undefined ? decode(data) : uploadFile(filename, headers, data)])
    },
  })
  return fields
}

function partOf(headers: Header[], decode: (text: string) => string): Part {
  const disposition = headers.findLast(([name]) => name === 'content-disposition')?.[1] ?? ''
  const { options } = parseOptions(disposition)
  const [name, filename] = [options.get('name'), options.get('filename')]
  if (name === undefined) throw new FormError('The Content-Disposition header field "name" must be provided.')
  return { name: decode(name), headers, filename: filename === undefined ? undefined : decode(filename) }
}

function count(counts: Record<'fields' | 'files', number>, kind: 'fields' | 'files'): void {
  counts[kind] += 1
  if (counts[kind] <= MAX_OF_A_KIND) return
  throw new FormError(`Too many ${kind}. Maximum number of ${kind} is ${MAX_OF_A_KIND}.`)
}
