import { HIDDEN } from '#contract/trace.ts'
import type { Context } from 'koa'
import { excerptOf } from '#contract/interview/recorded-request.ts'
import type { Trace } from '../../trace/trace.ts'
import type { SentRequest } from '../rules/decide/requests.ts'
import { hideInBody } from './hide-in-body.ts'
import { responseHeaders, requestHeaders } from './hide-in-headers.ts'
import { hideInJson } from './hide-in-json.ts'
import { hideInPath } from './hide-in-path.ts'
import { RESPONSE_NAMES, REQUEST_NAMES } from './known-names.ts'
import { Secrets } from './secrets.ts'

/**
 * A request and its response as they are recorded: only values known to contain no secret. Done twice, because a secret that the first
 * pass finds in one place may also be in another, earlier one or in the response.
 * @param secrets every hidden value is added to it
 */
export function describeRequest(
  ctx: Context,
  secrets: Secrets = new Secrets(),
): Omit<SentRequest, 'question' | 'took'> {
  describe(ctx, secrets)
  return describe(ctx, secrets)
}

function describe(ctx: Context, secrets: Secrets): Omit<SentRequest, 'question' | 'took'> {
  const { trace } = ctx.state as { trace?: Trace }
  const body = hideInBody(bytesOf(ctx), ctx.get('Content-Type'), secrets)
  return {
    id: crypto.randomUUID(),
    method: ctx.method.slice(0, 20),
    path: hideInPath(ctx.url, { names: REQUEST_NAMES, secrets }).slice(0, 2_000),
    headers: requestHeaders(ctx.req.headers, secrets),
    body: body === null ? null : excerptOf(body),
    status: ctx.status,
    answerHeaders: responseHeaders(ctx.response.headers, secrets),
    answer: excerptOf(answerOf(ctx, secrets)),
    trace: trace?.id ?? null,
  }
}

/** The body of a request. The project keeps the bytes that it has read; the app's own API keeps the parsed body. */
export function bytesOf(ctx: Context): Uint8Array {
  const { bytes } = ctx.state as { bytes?: Uint8Array }
  const { body } = ctx.request as { body?: unknown }
  return bytes ?? (body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body)))
}

function answerOf({ body, path, response }: Context, secrets: Secrets): string {
  // The same for everyone, and with more names than could be listed.
  const isPublic = path === '/openapi.json' && response.status === 200
  if (body === null || body === undefined) return ''
  if (typeof body !== 'string' && !isPlainObject(body)) return '(not recorded)'
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  if (isPublic) return text
  if (/json/.test(response.get('Content-Type')) || typeof body !== 'string') {
    return hideInJson(text, { names: RESPONSE_NAMES, plain: true, secrets })
  }
  return secrets.in(text) ? HIDDEN : text
}

function isPlainObject(body: unknown): boolean {
  return Object.getPrototypeOf(body) === Object.prototype
}
