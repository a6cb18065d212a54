import type { RawAnswer } from '../support/send-raw.ts'
import { z } from 'zod'
import type { FuzzRequest } from './fuzz-client.ts'
import type { DocumentedOperation } from './fuzz-document.ts'
import type { Case } from './fuzz-requests.ts'

/**
 * Statuses that FastAPI's document never lists, because the server sends them before or around an operation; each with the
 * reason for it.
 */
export const AROUND_EVERY_OPERATION: ReadonlyMap<number, string> = new Map([
  [307, 'the path exists with one slash more or less'],
  [308, 'the page exists without the slash at the end'],
  [
    400,
    'the body is not text, or not a form; X-Sandbox names no existing sandbox; the sandbox is full; a preflight is refused',
  ],
  [403, 'a page of another site sent a write with a cookie'],
  [404, 'no such path, page, sandbox or trace'],
  [405, 'the path exists, but not for this method'],
  [413, 'the body is larger than 64 KB'],
  [415, 'the body is compressed'],
  [421, 'the target names another host'],
  [429, 'too many requests of this kind from one address'],
  [431, 'the headers are larger than 16 KB'],
])

const Problem = z.object({
  type: z.string().min(1),
  loc: z.array(z.union([z.string(), z.int()])).min(1),
  msg: z.string().min(1),
})

const Detail = z.strictObject({ detail: z.union([z.string().min(1), z.array(Problem).min(1)]) })

/** What is wrong with a response, whatever the request was; undefined if nothing is. */
export function faultOfAny(request: FuzzRequest, answer: RawAnswer): string | undefined {
  const { status, headers } = answer
  if (status >= 500) return `status ${status}`
  if (!/^[0-9a-f-]{36}$/.test(String(headers['x-request-id']))) return 'no X-Request-Id'
  if (!String(headers['content-security-policy']).includes("script-src 'self'"))
    return 'no content security policy'
  if (status === 429 && !/^\d+$/.test(String(headers['retry-after']))) return '429 without Retry-After'
  if (status < 400 || request.method === 'HEAD') return undefined
  const type = String(headers['content-type'])
  if (type.startsWith('text/html') && String(request.headers.Accept).includes('html')) return undefined
  if (request.method === 'OPTIONS' && answer.body.startsWith('Disallowed CORS')) return undefined
  if (type !== 'application/json') return `an error in ${type}`
  const shape = Detail.safeParse(jsonOf(answer.body))
  return shape.success ? undefined : `an error of another shape: ${answer.body.slice(0, 300)}`
}

/** What is wrong with the response to a request that was generated from the document; undefined if nothing is. */
export function faultOf(
  { request, wrong }: Case,
  { answers }: DocumentedOperation,
  answer: RawAnswer,
): string | undefined {
  const { status, body } = answer
  const any = faultOfAny(request, answer)
  if (any !== undefined) return any
  if (!answers.has(status)) return undocumented(status)
  const judge = answers.get(status)
  if (judge && !judge.safeParse(jsonOf(body)).success)
    return `a body that the document doesn't allow: ${body.slice(0, 300)}`
  if (status === 204 && body !== '') return '204 with a body'
  const problems = status === 422 ? z.object({ detail: z.array(Problem) }).parse(jsonOf(body)).detail : []
  if (wrong === undefined) {
    // The project has rules that a schema can't express, such as the bytes of a password.
    const strict = problems.find(({ type }) => type !== 'value_error')
    return strict && `refused, though it is as the document says: ${JSON.stringify(strict)}`
  }
  if (status !== 422) return `${status}, though ${wrong} is wrong`
  return problems.some(({ loc }) => loc.at(-1) === wrong)
    ? undefined
    : `${wrong} is not blamed: ${body.slice(0, 300)}`
}

/** A status that is listed neither for the operation nor above. */
function undocumented(status: number): string | undefined {
  // The request was valid: only a limit may refuse it.
  return status === 429 ? undefined : `status ${status}, which the document doesn't name`
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
