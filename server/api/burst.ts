import Router from '@koa/router'
import type { Context } from 'koa'
import { BurstRequest, type BurstReport } from '#contract/burst.ts'
import { onceClosed } from '../http/open-answers.ts'
import { readJson } from '../http/read-json.ts'
import { sendError } from '../http/send-error.ts'
import { markBusy } from '../limits/busy.ts'
import { clientOf } from '../limits/client-address.ts'
import type { Limits } from '../limits/limiter.ts'
import { ownHeaders } from '../limits/own-requests.ts'
import { FairQueue } from '../pools/fair-queue.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import type { SandboxGuard } from '../sandbox/sandbox-guard.ts'
import type { SandboxStore, Storage } from '../storage/storage.ts'
import { sendBurst } from './send-burst.ts'

/**
 * Each burst opens up to a hundred sockets, so few run at once. One address never gets all slots, and its sandboxes take
 * turns. A burst occupies its slot for 20 s at most, which is how long calls may block an event loop.
 */
const BURSTS = {
  refusal: 'Too many bursts are running',
  slots: 4,
  slotsOfAddress: 3,
  capacity: 120,
  capacityOfAddress: 60,
  capacityOfSandbox: 1,
  expectedMs: 1_000,
}

/** Headers that the requests of a burst copy from the request that started it. */
const COPIED_HEADERS = ['Authorization', 'traceparent']

export interface BurstApiDeps {
  storage: Storage
  limits?: Limits
  guard: SandboxGuard
}

/** `POST /api/burst`: n GET requests of this server to itself, at once, in the caller's sandbox. */
export function createBurstApi({ storage, limits, guard }: BurstApiDeps): Router {
  const router = new Router()
  const running = new Set<string>()
  const queue = new FairQueue(BURSTS)

  router.post(
    '/api/burst',
    chooseSandbox({ storage, fresh: 'stale', creations: limits?.sandboxes, guard: guard.record }),
    async (ctx) => {
      const wanted = await bodyOf(ctx)
      if (wanted === null) return
      const { id } = ctx.state.sandbox as SandboxStore
      if (running.has(id)) {
        sendError(ctx, 429, 'A burst is already running in this sandbox: wait for it to finish')
        return markBusy(ctx, 1)
      }
      running.add(id)
      try {
        const address = clientOf(ctx)
        const wait = (await limits?.requests?.take(address, wanted.n)) ?? 0
        if (wait > 0) {
          sendError(ctx, 429, 'Too many requests from your address')
          return markBusy(ctx, wait)
        }
        const owner = { address, sandbox: id, gone: () => ctx.res.destroyed }
        const report: BurstReport = await queue.run(owner, () => send(ctx, id, wanted))
        ctx.set('Cache-Control', 'no-store')
        ctx.body = report
      } finally {
        running.delete(id)
      }
    },
  )

  return router
}

/** Sends to the address on which the caller's own request arrived. */
async function send(ctx: Context, sandbox: string, { path, n }: BurstRequest): Promise<BurstReport> {
  const { localAddress: host = '127.0.0.1', localPort: port = 0 } = ctx.socket
  const headers: Record<string, string> = { ...ownHeaders(clientOf(ctx)), 'X-Sandbox': sandbox }
  for (const name of COPIED_HEADERS) if (ctx.get(name) !== '') headers[name] = ctx.get(name)
  const left = new AbortController()
  const leave = () => left.abort()
  onceClosed(ctx.res, leave)
  try {
    return await sendBurst({ host, port, path, n, headers, signal: left.signal })
  } finally {
    ctx.res.off('close', leave)
  }
}

/** @returns null when it was refused and answered */
async function bodyOf(ctx: Context): Promise<BurstRequest | null> {
  const body = await readJson(ctx, BurstRequest)
  // A request line can't contain anything else.
  if (body === null || /^[\x21-\x7e]+$/.test(body.path)) return body
  sendError(ctx, 422, 'body.path: must be percent-encoded')
  return null
}
