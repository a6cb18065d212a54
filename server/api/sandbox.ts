import Router from '@koa/router'
import type { Context, Middleware } from 'koa'
import type { Person, Sandbox, StoreView } from '#contract/sandbox.ts'
import type { Limiter } from '../limits/limiter.ts'
import { DEFAULT_SANDBOX, SANDBOX_LIMITS, type SandboxStore, type Storage } from '../storage/storage.ts'
import { USER_COLUMNS, visibleRow } from '../storage/rows.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import { sandboxCookie, setSandboxCookie } from '../sandbox/cookie.ts'
import type { SandboxGuard } from '../sandbox/sandbox-guard.ts'

export interface SandboxApiDeps {
  storage: Storage
  /** The people in a new sandbox, with their passwords. */
  people: readonly Person[]
  /** Restores the seeded rows, as the start of the project does. */
  reset: (store: SandboxStore) => Promise<void>
  /** Limits how many sandboxes one address may create; unlimited by default. */
  creations?: Limiter
  guard: SandboxGuard
}

/**
 * `GET /api/sandbox` (creates one if the browser has none, and renews its cookie), `POST /api/sandbox/reset`,
 * `GET /api/sandbox/store`.
 */
export function createSandboxApi({ storage, people, reset, creations, guard }: SandboxApiDeps): Router {
  const router = new Router({ prefix: '/api/sandbox' })
  const mine = (part: Middleware) => chooseSandbox({ storage, fresh: 'stale', creations, guard: part })
  const own = chooseSandbox({ storage, fresh: 'missing', creations, guard: guard.show })

  router.get('/', own, async (ctx) => {
    const store = chosen(ctx)
    if (sandboxCookie(ctx) === store.id && store.id !== DEFAULT_SANDBOX) setSandboxCookie(ctx, store.id)
    sendJson(ctx, await describe(ctx, store))
  })

  router.post('/reset', mine(guard.record), async (ctx) => {
    await reset(chosen(ctx))
    sendJson(ctx, await describe(ctx, chosen(ctx)))
  })

  router.get('/store', mine(guard.show), async (ctx) => {
    const { users, revision } = await chosen(ctx).read()
    const view: StoreView = {
      revision,
      tables: { users: { columns: [...USER_COLUMNS], rows: users.map(visibleRow) } },
    }
    sendJson(ctx, view)
  })

  return router

  async function describe(ctx: Context, store: SandboxStore): Promise<Sandbox> {
    const cookieSent = sandboxCookie(ctx) === store.id
    return {
      id: store.id,
      people: [...people],
      limits: SANDBOX_LIMITS,
      used: await store.usage(),
      cookieSent,
    }
  }
}

function chosen(ctx: Context): SandboxStore {
  return ctx.state.sandbox as SandboxStore
}

function sendJson(ctx: Context, body: Sandbox | StoreView): void {
  ctx.set('Cache-Control', 'no-store')
  ctx.body = body
}
