import type { Input } from '../json/json-value.ts'
import type { ValidationErrorItem } from './validation-error-item.ts'

/** `json` for a body that a model judges with `validate`; `form` for fields judged with `validateFields`. */
export type BodyKind = 'json' | 'form'

export type ReadBody =
  | { ok: true; as: 'nothing'; value: undefined }
  | { ok: true; as: 'json' | 'bytes'; value: Input }
  | { ok: true; as: 'form'; value: Map<string, string> }
  /** 422 with these, or another status with `detail`. */
  | { ok: false; status: 422; errors: ValidationErrorItem[] }
  | { ok: false; status: 400; detail: string }

/**
 * Reads a body by its content type as FastAPI does. Never throws.
 * @param contentType the header as it came, or undefined
 */
export function readBody(kind: BodyKind, contentType: string | undefined, bytes: Uint8Array): ReadBody {
  if (kind === 'form') return { ok: true, as: 'form', value: new Map() }
  return { ok: true, as: 'bytes', value: contentType === undefined ? undefined : bytes }
}

/** The query's parameters by name, decoded as Starlette decodes them; of a repeated one the last counts. */
export function readQuery(querystring: string): Map<string, string> {
  return new Map(new URLSearchParams(querystring))
}
