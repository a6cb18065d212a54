import { STATUS_CODES } from 'node:http'
import type { ValidationErrorItem } from './validation/validation-error-item.ts'

/** Ends a request with a status. Raised by handlers and dependencies, answered as `{"detail": …}`. */
export class HTTPException extends Error {
  override name = 'HTTPException'
  readonly status: number
  readonly detail: string
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    detail = STATUS_CODES[status] ?? '',
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${status}: ${detail}`)
    this.status = status
    this.detail = detail
    this.headers = headers
  }
}

/** The request doesn't match what was declared: all of its problems at once, answered as 422. */
export class RequestValidationError extends Error {
  override name = 'RequestValidationError'
  readonly errors: ValidationErrorItem[]

  constructor(errors: ValidationErrorItem[]) {
    super(`${errors.length} problems in the request`)
    this.errors = errors
  }
}
