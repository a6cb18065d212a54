import { JsonDecodeError, UnreadableBodyError } from '../json/errors.ts'
import type { Input } from '../json/json-value.ts'
import { parseJson } from '../json/parse-json.ts'
import { FormError } from './multipart/parse-multipart.ts'
import { readForm } from './read-form.ts'
import type { ValidationErrorItem } from './validation-error-item.ts'

/** `json` for a body to check with `validate`; `form` for fields to check with `validateFields`. */
export type BodyKind = 'json' | 'form'

export type BodyResult =
  | { ok: true; as: 'nothing'; value: undefined }
  /** `bytes` if the content type isn't JSON: the model then refuses them. */
  | { ok: true; as: 'json' | 'bytes'; value: Input }
  | { ok: true; as: 'form'; value: Map<string, Input> }
  | { ok: false; status: 422; errors: ValidationErrorItem[] }
  | { ok: false; status: 400; detail: string }

/**
 * Reads a body by its content type as FastAPI does. No body makes it throw.
 * @param contentType the header as received, or undefined
 */
export function readBody(kind: BodyKind, contentType: string | undefined, bytes: Uint8Array): BodyResult {
  try {
    if (kind === 'form') return { ok: true, as: 'form', value: readForm(contentType, bytes) }
    if (bytes.length === 0) return { ok: true, as: 'nothing', value: undefined }
    if (!isJson(contentType)) return { ok: true, as: 'bytes', value: bytes }
    return { ok: true, as: 'json', value: parseJson(bytes) }
  } catch (error) {
    if (error instanceof JsonDecodeError) return { ok: false, status: 422, errors: [jsonInvalid(error)] }
    if (error instanceof FormError) return { ok: false, status: 400, detail: error.message }
    if (!(error instanceof UnreadableBodyError)) throw error
    return { ok: false, status: 400, detail: 'There was an error parsing the body' }
  }
}

/** `application/json` or `application/…+json`, with any parameters. */
function isJson(contentType = ''): boolean {
  const mediaType = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  return /^application\/([^/]*\+)?json$/.test(mediaType)
}

function jsonInvalid({ msg, pos }: JsonDecodeError): ValidationErrorItem {
  return {
    type: 'json_invalid',
    loc: ['body', pos],
    msg: 'JSON decode error',
    input: new Map(),
    ctx: { error: msg },
  }
}

/** The query's parameters by name, decoded as Starlette decodes them; the last of several equal names wins. */
export function readQuery(querystring: string): Map<string, string> {
  // URLSearchParams would drop a leading `?`, which here is part of the query.
  return new Map(new URLSearchParams(`&${querystring}`))
}
