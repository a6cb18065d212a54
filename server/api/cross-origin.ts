import { request, type IncomingMessage, type RequestOptions } from 'node:http'
import Router from '@koa/router'
import type { Context } from 'koa'
import { CrossOriginRequest, type CrossOriginReport } from '#contract/cross-origin.ts'
import { onceClosed } from '../http/open-answers.ts'
import { readJson } from '../http/read-json.ts'
import { sendError } from '../http/send-error.ts'
import { markBusy } from '../limits/busy.ts'
import { clientOf } from '../limits/client-address.ts'
import { ownHeaders } from '../limits/own-requests.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import type { SandboxStore } from '../storage/storage.ts'
import type { BurstApiDeps } from './burst.ts'

const TIMEOUT_MS = 30_000
/** No answer of the project is larger; of one that were, the rest is dropped. */
const MAX_TEXT_CHARS = 1_000_000

/** Headers that belong to one connection, or that would change the caller's own cookies. */
const NOT_PASSED_ON = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'set-cookie',
  'transfer-encoding',
])

/** `POST /api/cross-origin`: a request of this server to itself, with an `Origin`, in the caller's sandbox. */
export function createCrossOriginApi({ storage, limits, guard }: BurstApiDeps): Router {
  const router = new Router()
  router.post(
    '/api/cross-origin',
    chooseSandbox({ storage, fresh: 'stale', creations: limits?.sandboxes, guard: guard.record }),
    async (ctx) => {
      const wanted = await readJson(ctx, CrossOriginRequest)
      if (wanted === null) return
      const wait = (await limits?.requests?.take(clientOf(ctx), 1)) ?? 0
      if (wait > 0) {
        sendError(ctx, 429, 'Too many requests from your address')
        return markBusy(ctx, wait)
      }
      const report = await send(ctx, wanted).catch(() => null)
      ctx.set('Cache-Control', 'no-store')
      if (report === null) sendError(ctx, 502, 'The request got no answer')
      else ctx.body = report
    },
  )
  return router
}

/** Sends to the address on which the caller's own request arrived. @throws when there was no answer */
async function send(
  ctx: Context,
  { method, path, headers, body }: CrossOriginRequest,
): Promise<CrossOriginReport> {
  const { localAddress: host = '127.0.0.1', localPort: port = 0 } = ctx.socket
  const { id } = ctx.state.sandbox as SandboxStore
  const own = { ...ownHeaders(clientOf(ctx)), 'X-Sandbox': id, traceparent: ctx.get('traceparent') }
  const written = headers.map(([name, value]) => [name, Buffer.from(value).toString('latin1')] as const)
  const left = new AbortController()
  const leave = () => left.abort()
  onceClosed(ctx.res, leave)
  try {
    const signal = AbortSignal.any([left.signal, AbortSignal.timeout(TIMEOUT_MS)])
    const all = { ...Object.fromEntries(written), ...own }
    const response = await respond({ host, port, method, path, headers: all, signal, agent: false }, body)
    return { status: response.statusCode ?? 0, headers: headersOf(response), text: await textOf(response) }
  } finally {
    ctx.res.off('close', leave)
  }
}

function respond(options: RequestOptions, body: string | null): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(options, resolve)
      .on('error', reject)
      .end(body ?? undefined)
  })
}

function headersOf({ rawHeaders }: IncomingMessage): [name: string, value: string][] {
  return rawHeaders.flatMap((name, index): [string, string][] =>
    index % 2 === 1 || NOT_PASSED_ON.has(name.toLowerCase())
      ? []
      : [[name.toLowerCase(), rawHeaders[index + 1] ?? '']],
  )
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = ''
  response.setEncoding('utf8')
  for await (const chunk of response) if (text.length < MAX_TEXT_CHARS) text += String(chunk)
  return text
}
