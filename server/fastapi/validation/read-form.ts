import type { Input } from '../json/json-value.ts'
import { parseOptions } from './multipart/options-header.ts'
import { FormError } from './multipart/parse-multipart.ts'
import { readMultipart } from './multipart/read-multipart.ts'
import { isEmptyFile } from './multipart/upload-file.ts'

const MAX_FIELDS = 1000

/**
 * Reads a form by name: the last of several equal fields wins, and an empty one counts as not sent. As in Starlette, any other
 * type than `application/x-www-form-urlencoded` and `multipart/form-data` is an empty form.
 * @throws {FormError}
 */
export function readForm(contentType: string | undefined, bytes: Uint8Array): Map<string, Input> {
  const form = new Map(readFields(contentType, bytes))
  for (const [name, value] of form) if (value === '' || isEmptyFile(value)) form.delete(name)
  return form
}

function readFields(contentType = '', bytes: Uint8Array): [string, Input][] {
  const { value: mediaType } = parseOptions(contentType)
  if (mediaType === 'multipart/form-data') return readMultipart(contentType, Buffer.from(bytes))
  if (mediaType !== 'application/x-www-form-urlencoded') return []
  // Starlette reads bytes that aren't percent-encoded as Latin-1. Next to a stray percent sign, Node would read them as UTF-8.
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\x80-\xff]+/g, encodeURIComponent)
  const fields = [...new URLSearchParams(`&${text}`)]
  if (fields.length <= MAX_FIELDS) return fields
  throw new FormError(`Too many fields. Maximum number of fields is ${MAX_FIELDS}.`)
}
