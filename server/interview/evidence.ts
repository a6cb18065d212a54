import type { Context, Middleware } from 'koa'
import { hideInHeader, hideSecrets } from '../../contract/hide-secrets.ts'
import { excerptOf, type Excerpt } from '../../contract/interview/recorded-request.ts'
import { sendDetail } from '../sandbox/detail.ts'
import { DEFAULT_SANDBOX, type SandboxStore } from '../storage/storage.ts'
import type { Trace } from '../trace/trace.ts'
import type { Lookups } from './lookups.ts'
import { playgroundOpen, type SentRequest } from './rules/decide/requests.ts'
import type { Rooms } from './rooms.ts'

/** What a browser sends along by itself says nothing of what the candidate did. */
const UNTOLD =
  /^(sec-|accept-encoding$|accept-language$|connection$|host$|user-agent$|cookie$|referer$|traceparent$|x-sandbox$|dnt$|priority$|origin$|content-length$|pragma$|cache-control$)/
const UNTOLD_ANSWER =
  /^(content-security-policy|x-content-type-options|referrer-policy|permissions-policy|cross-origin-|strict-transport|server-timing|traceparent|set-cookie|vary|cache-control)/
const MOST_HEADERS = 40
const decoder = new TextDecoder()

/**
 * Writes down what a candidate sends to the twin in their room's sandbox, as it is sent, with the answer. It has to stand behind the choice of
 * the sandbox. While the room's playground is closed, requests are refused with 403 and do nothing.
 */
export function recordEvidence({ rooms, lookups }: { rooms: Rooms; lookups: Lookups }): Middleware {
  return async (ctx, next) => {
    const { id } = ctx.state.sandbox as SandboxStore
    // Rooms have sandboxes that are named in a header: browsers' own are in their cookies.
    const entry =
      id === DEFAULT_SANDBOX || ctx.get('X-Sandbox') === '' ? null : await lookups.roomOfSandbox(id)
    const room = entry && (await rooms.get(entry.room))
    if (!room?.state) return next()
    const { now } = rooms.seen()
    if (playgroundOpen(room.state, now) === null) {
      return sendDetail(ctx, 403, 'The playground of this interview is closed at the moment')
    }
    const began = performance.now()
    await next()
    const sent = sentRequest(ctx, Math.round(performance.now() - began))
    // What the twin did is done and answered truly, whether or not it could be written down here.
    await rooms.request(room, sent).catch((error: unknown) => ctx.app.emit('error', error, ctx))
  }
}

function sentRequest(ctx: Context, took: number): SentRequest {
  const { trace, bytes } = ctx.state as { trace?: Trace; bytes?: Uint8Array }
  const body = bytes === undefined || bytes.length === 0 ? null : decoder.decode(bytes)
  return {
    id: crypto.randomUUID(),
    method: ctx.method.slice(0, 20),
    path: hideSecrets(ctx.url).slice(0, 2_000),
    headers: told(ctx.req.headers, UNTOLD),
    body: body === null ? null : kept(body),
    status: ctx.status,
    answerHeaders: told(ctx.response.headers, UNTOLD_ANSWER),
    answer: kept(typeof ctx.body === 'string' ? ctx.body : ''),
    took,
    trace: trace?.id ?? null,
  }
}

function kept(text: string): Excerpt {
  return excerptOf(hideSecrets(text))
}

function told(headers: NodeJS.Dict<string | number | string[]>, untold: RegExp): [string, string][] {
  return Object.entries(headers)
    .filter(([name, value]) => value !== undefined && !untold.test(name))
    .slice(0, MOST_HEADERS)
    .map(([name, value]) => [name.slice(0, 100), hideInHeader(name, String(value)).slice(0, 1_000)])
}
