import Router from '@koa/router'
import type { TraceReport } from '#contract/trace.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import { sendError } from '../http/send-error.ts'
import type { SandboxGuard } from '../sandbox/sandbox-guard.ts'
import type { SandboxStore, Storage } from '../storage/storage.ts'
import type { TraceKeeper } from '../trace/trace-log.ts'

export interface TracesApiDeps {
  storage: Storage
  traces: TraceKeeper
  guard: SandboxGuard
}

/**
 * `GET /api/traces/:traceId`: what happened inside every request with this trace id. Only the sandbox that sent them gets
 * it; to any other, there is no such trace.
 */
export function createTracesApi({ storage, traces, guard }: TracesApiDeps): Router {
  const router = new Router({ prefix: '/api/traces' })
  router.get('/:traceId', chooseSandbox({ storage, guard: guard.show }), async (ctx) => {
    const sandbox = ctx.state.sandbox as SandboxStore
    const report: TraceReport | undefined = await traces.report(sandbox.id, ctx.params.traceId ?? '')
    ctx.set('Cache-Control', 'no-store')
    if (report) ctx.body = report
    else sendError(ctx, 404, 'Trace not found')
  })
  return router
}
