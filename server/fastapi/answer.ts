import { STATUS_CODES } from 'node:http'
import { inStepSync, type StepAbout } from '../trace/trace.ts'
import { HTTPException, RequestValidationError } from './http-exception.ts'
import { dumps, NoJsonError, toJson } from './json/to-json.ts'
import type { Request } from './request.ts'
import type { ValidationErrorItem } from './validation/validation-error-item.ts'

/**
 * Sends JSON as Starlette's JSONResponse does: compact, UTF-8, without a charset in its type. 204 has a type, but no body.
 * @param content JSON text, or a function that makes it
 */
export function sendJson(request: Request, status: number, content: () => string): void {
  return send(request, status, () => {
    request.set('Content-Type', 'application/json')
    if (status !== 204) request.body = content()
  })
}

/** Sends no body and says where to go instead; the method and the body are to be sent again there. */
export function sendRedirect(request: Request, location: string): void {
  return send(request, 307, () => {
    request.set('Location', location)
    request.body = ''
    request.remove('Content-Type')
  })
}

/**
 * Answers what a handler or a dependency threw.
 * @param tellable takes away what of a problem must not be told
 * @throws the same error when it is neither HTTPException nor RequestValidationError
 */
export function sendException(request: Request, error: unknown, tellable: Tellable): void {
  if (error instanceof RequestValidationError) {
    return sendJson(request, 422, () => detailOf(error.errors.map(tellable)))
  }
  if (!(error instanceof HTTPException)) throw error
  request.set(error.headers)
  return sendJson(request, error.status, () => toJson({ detail: error.detail }))
}

/** What of a problem is told to who caused it. */
export type Tellable = (problem: ValidationErrorItem) => ValidationErrorItem

/** The problems repeat the input, where it can be written as JSON: NaN, Infinity and half of a surrogate pair can't. */
function detailOf(errors: ValidationErrorItem[]): string {
  try {
    return toJson({ detail: errors })
  } catch (error) {
    if (!(error instanceof NoJsonError)) throw error
    return dumps({ detail: errors.map(({ input: _, ...problem }) => problem) })
  }
}

function send(request: Request, status: number, write: () => void): void {
  inStepSync(request.state.trace, stepOf(status), () => {
    request.status = status
    write()
  })
}

// Node still calls these two by their names of before RFC 9110.
const NAMES: Record<number, string | undefined> = {
  ...STATUS_CODES,
  413: 'Content Too Large',
  422: 'Unprocessable Content',
}

const steps = new Map<number, StepAbout>()

function stepOf(status: number): StepAbout {
  let step = steps.get(status)
  if (step === undefined) {
    const title = `${status} ${NAMES[status] ?? ''}`
    step = {
      name: 'response.send',
      kind: 'response',
      title,
      detail: { kind: 'response', model: null, removed: [], status },
    }
    steps.set(status, step)
  }
  return step
}
