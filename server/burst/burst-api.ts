import Router from '@koa/router'
import type { Context } from 'koa'
import { koaBody } from 'koa-body'
import { BurstRequest, type BurstReport } from '../../contract/burst.ts'
import { onceClosed } from '../http/once-closed.ts'
import { clientOf } from '../limits/client-address.ts'
import type { Limits } from '../limits/limiter.ts'
import { OWN_HEADERS } from '../limits/own-requests.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import { sendDetail } from '../sandbox/detail.ts'
import type { SandboxGuard } from '../sandbox/sandbox-guard.ts'
import type { SandboxStore, Storage } from '../storage/storage.ts'
import { sendBurst } from './send-burst.ts'

/** Bursts of all sandboxes together: each one opens up to a hundred sockets. */
const MOST_AT_ONCE = 4

/** What the requests of a burst take over from the one that asked for it. */
const PASSED_ON = ['Authorization', 'traceparent']

const readJson = koaBody({
  text: false,
  urlencoded: false,
  multipart: false,
  jsonStrict: false,
  jsonLimit: '4kb',
})

export interface BurstApiDeps {
  storage: Storage
  limits?: Limits
  guard: SandboxGuard
}

/** `POST /api/burst`: n GET requests of this server to itself, at once, in the caller's sandbox. */
export function createBurstApi({ storage, limits, guard }: BurstApiDeps): Router {
  const router = new Router()
  const running = new Set<string>()

  router.post(
    '/api/burst',
    chooseSandbox({ storage, fresh: 'stale', creations: limits?.sandboxes, guard: guard.record }),
    async (ctx) => {
      const wanted = await bodyOf(ctx)
      if (wanted === null) return
      const { id } = ctx.state.sandbox as SandboxStore
      if (running.has(id))
        return refuse(ctx, 429, 'A burst is running in this sandbox: wait until it is over')
      if (running.size >= MOST_AT_ONCE) return refuse(ctx, 503, 'Too many bursts are running')
      const wait = (await limits?.requests?.take(clientOf(ctx), wanted.n)) ?? 0
      if (wait > 0) return refuse(ctx, 429, 'Too many requests from your address', wait)
      running.add(id)
      try {
        const report: BurstReport = await send(ctx, id, wanted)
        ctx.set('Cache-Control', 'no-store')
        ctx.body = report
      } finally {
        running.delete(id)
      }
    },
  )

  return router
}

/** Goes to the very address that the caller's own request came to. */
async function send(ctx: Context, sandbox: string, { path, n }: BurstRequest): Promise<BurstReport> {
  const { localAddress: host = '127.0.0.1', localPort: port = 0 } = ctx.socket
  const headers: Record<string, string> = { ...OWN_HEADERS, 'X-Sandbox': sandbox }
  for (const name of PASSED_ON) if (ctx.get(name) !== '') headers[name] = ctx.get(name)
  const left = new AbortController()
  const leave = () => left.abort()
  onceClosed(ctx.res, leave)
  try {
    return await sendBurst({ host, port, path, n, headers, signal: left.signal })
  } finally {
    ctx.res.off('close', leave)
  }
}

/** @returns null when it was refused, and answered */
async function bodyOf(ctx: Context): Promise<BurstRequest | null> {
  try {
    await readJson(ctx, async () => undefined)
  } catch (error) {
    const status = (error as { status?: number }).status === 413 ? 413 : 422
    sendDetail(ctx, status, status === 413 ? 'The body is too large' : 'The body is not JSON')
    return null
  }
  const parsed = BurstRequest.safeParse(ctx.request.body)
  const [issue] = parsed.error?.issues ?? []
  if (issue) {
    sendDetail(ctx, 422, [...issue.path, issue.message].join(': '))
    return null
  }
  // A request line can't hold anything else.
  if (parsed.data && !/^[\x21-\x7e]+$/.test(parsed.data.path)) {
    sendDetail(ctx, 422, 'path: must be percent-encoded')
    return null
  }
  return parsed.data ?? null
}

function refuse(ctx: Context, status: 429 | 503, detail: string, seconds = 1): void {
  sendDetail(ctx, status, detail)
  ctx.set('Retry-After', String(seconds))
}
