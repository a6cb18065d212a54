import { STATUS_CODES } from 'node:http'
import type { Middleware } from 'koa'
import { inStepSync, type StepAbout } from '../trace/trace.ts'
import { HTTPException, RequestValidationError } from './http-exception.ts'
import { dumps, NotSerializableError, toJson } from './json/to-json.ts'
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

/** Sends plain text as Starlette's PlainTextResponse does. */
export function sendText(request: Request, status: number, text: string): void {
  return send(request, status, () => {
    request.set('Content-Type', 'text/plain; charset=utf-8')
    request.body = text
  })
}

/** Sends no body but the location to try instead, with the same method and body. */
export function sendRedirect(request: Request, location: string): void {
  return send(request, 307, () => {
    request.set('Location', location)
    request.body = ''
    request.remove('Content-Type')
  })
}

/** Returns what may be sent of a problem to the caller. */
export type Redact = (problem: ValidationErrorItem) => ValidationErrorItem

/**
 * Answers what a handler or a dependency threw.
 * @param redact removes from a problem what must not be repeated
 * @throws the same error when it is neither HTTPException nor RequestValidationError
 */
export function sendException(request: Request, error: unknown, redact: Redact): void {
  if (error instanceof RequestValidationError) {
    return sendJson(request, 422, () => detailOf(error.errors.map(redact)))
  }
  if (!(error instanceof HTTPException)) throw error
  request.set(error.headers)
  return sendJson(request, error.status, () => toJson({ detail: error.detail }))
}

/** The problems repeat the input, where it can be written as JSON: NaN, Infinity and a lone surrogate can't. */
function detailOf(errors: ValidationErrorItem[]): string {
  try {
    return toJson({ detail: errors })
  } catch (error) {
    if (!(error instanceof NotSerializableError)) throw error
    return dumps({ detail: errors.map(({ input: _, ...problem }) => problem) })
  }
}

// Node still calls these two by the names that they had before RFC 9110.
const NAMES: Record<number, string | undefined> = {
  ...STATUS_CODES,
  413: 'Content Too Large',
  422: 'Unprocessable Content',
}

function send(request: Request, status: number, write: () => void): void {
  const about: StepAbout = {
    name: 'response.send',
    kind: 'response',
    title: `${status} ${NAMES[status] ?? ''}`,
    detail: { kind: 'response', model: null, removed: [], status },
  }
  inStepSync(request.state.trace, about, () => {
    request.status = status
    write()
  })
}

/** Koa removes the Content-Type of a 204. FastAPI keeps it, so such an answer is ended here, with its headers. */
export const keepTypeOfEmpty: Middleware = async (ctx, next) => {
  await next()
  if (ctx.status !== 204 || ctx.response.get('Content-Type') === '' || ctx.headerSent) return
  ctx.respond = false
  ctx.res.end()
}

/** Runs something once the answer has gone out, or the caller has gone away. */
export function afterAnswer(request: Request, run: () => Promise<void>): void {
  const start = () => {
    run().catch((error: unknown) => request.app.emit('error', error, request))
  }
  if (request.res.destroyed) start()
  else request.res.once('close', start)
}
