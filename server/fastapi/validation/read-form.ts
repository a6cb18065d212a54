import type { Input } from '../json/json-value.ts'
import { readMultipart } from './read-multipart.ts'
import { FormError } from './form-error.ts'

const MAX_FIELDS = 1000

/**
 * Reads a form by name; of a repeated field the last counts, and an empty one counts as not sent. Anything that is
 * neither `application/x-www-form-urlencoded` nor `multipart/form-data` is an empty form, as in Starlette.
 * @throws {FormError}
 */
export function readForm(contentType: string | undefined, bytes: Uint8Array): Map<string, Input> {
  const fields = readFields(contentType, bytes)
  if (fields.length > MAX_FIELDS) {
    throw new FormError(`Too many fields. Maximum number of fields is ${MAX_FIELDS}.`)
  }
  const form = new Map(fields)
  for (const [name, value] of form) if (value === '') form.delete(name)
  return form
}

function readFields(contentType = '', bytes: Uint8Array): [string, Input][] {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase()
  if (mediaType === 'multipart/form-data') return readMultipart(contentType, Buffer.from(bytes))
  if (mediaType !== 'application/x-www-form-urlencoded') return []
  return [...new URLSearchParams(`&${Buffer.from(bytes).toString('latin1')}`)]
}
