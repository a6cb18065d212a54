import type { Context, Middleware } from 'koa'
import type { StepDetail } from '#contract/trace.ts'
import { markBusy } from '../limits/busy.ts'
import { clientOf } from '../limits/client-address.ts'
import type { Limiter } from '../limits/limiter.ts'
import { DEFAULT_SANDBOX, SANDBOX_ID, type SandboxStore, type Storage } from '../storage/storage.ts'
import { inStep, type StepAbout, type Trace } from '../trace/trace.ts'
import { sandboxCookie, setSandboxCookie } from './cookie.ts'
import { sendError } from '../http/send-error.ts'
import { isFromHere, onlyReads } from './same-site.ts'

type Detail = Extract<StepDetail, { kind: 'sandbox' }>

type Choice =
  { store: SandboxStore; by: Detail['chosenBy'] } | { status: number; detail: string; retryAfter?: number }

const HEADER = 'X-Sandbox'

export interface ChooseOptions {
  storage: Storage
  /**
   * When the browser gets a new sandbox: never, instead of one that no longer exists (`stale`), or also when it has none yet
   * (`missing`).
   */
  fresh?: 'never' | 'stale' | 'missing'
  /** Limits how many one address may create; unlimited by default. */
  creations?: Limiter | undefined
  /** Runs between the choice and the next middleware, however the sandbox was named. */
  guard: Middleware
}

/**
 * Finds the sandbox of a request and puts it in `ctx.state.sandbox`: named by the header X-Sandbox, else by the cookie, else
 * the one named `default`. Answers 400 or 404 for a header without a valid sandbox, 403 for a write with the cookie that
 * another site may have sent, and 429 when the address has created too many.
 */
export function chooseSandbox({ storage, fresh = 'never', creations, guard }: ChooseOptions): Middleware {
  return async (ctx, next) => {
    const trace = ctx.state.trace as Trace | undefined
    const detail: Detail = { kind: 'sandbox', id: '', chosenBy: 'default', users: 0 }
    const about: StepAbout = { name: 'sandbox.choose', kind: 'sandbox', title: 'Sandbox chosen', detail }
    const choice = await inStep(trace, about, async (step) => {
      const found = await choose(ctx)
      if ('store' in found) {
        const users = (await found.store.read()).users.length
        Object.assign(detail, { id: found.store.id, chosenBy: found.by, users })
      } else step.refuse()
      return found
    })
    if (!('store' in choice)) {
      sendError(ctx, choice.status, choice.detail)
      if (choice.retryAfter !== undefined) markBusy(ctx, choice.retryAfter)
      return
    }
    ctx.state.sandbox = choice.store
    if (trace) trace.sandbox = choice.store.id
    await guard(ctx, next)
  }

  async function choose(ctx: Context): Promise<Choice> {
    const header = ctx.get(HEADER)
    if (header !== '') return byHeader(header)
    const cookie = sandboxCookie(ctx)
    const store = cookie === undefined ? null : await storage.sandbox(cookie)
    if (cookie !== undefined && !onlyReads(ctx) && !isFromHere(ctx)) {
      return { status: 403, detail: 'A write with a cookie must come from a page of this site' }
    }
    if (store) return { store, by: 'cookie' }
    if (fresh === 'missing' || (fresh === 'stale' && cookie !== undefined)) return byNewCookie(ctx)
    const fallback = await storage.sandbox(DEFAULT_SANDBOX)
    return fallback ? { store: fallback, by: 'default' } : { status: 404, detail: 'Sandbox not found' }
  }

  async function byHeader(id: string): Promise<Choice> {
    if (!SANDBOX_ID.test(id)) {
      return { status: 400, detail: `${HEADER} must be 26 characters of a-z and 2-7, or ${DEFAULT_SANDBOX}` }
    }
    const store = await storage.sandbox(id)
    return store ? { store, by: 'header' } : { status: 404, detail: 'Sandbox not found' }
  }

  async function byNewCookie(ctx: Context): Promise<Choice> {
    if (ctx.get('Sec-Fetch-Site') === 'cross-site') {
      return { status: 403, detail: 'Sandboxes are created only for pages of this site' }
    }
    const wait = (await creations?.take(clientOf(ctx))) ?? 0
    if (wait > 0) return { status: 429, detail: 'Too many new sandboxes from your address', retryAfter: wait }
    const store = await storage.create()
    setSandboxCookie(ctx, store.id)
    return { store, by: 'cookie' }
  }
}
