import type { Context } from 'koa'
import { BurstReport, BurstRequest } from '#contract/burst.ts'
import { CrossOriginReport, CrossOriginRequest } from '#contract/cross-origin.ts'
import type { Evidence } from '#contract/evaluate.ts'
import type { Judgement, QuestionTask } from '#contract/interview/task.ts'
import { evidenceNeededFor, judgeTask, sentRequestOf } from '#contract/judge-task.ts'
import type { PlainRequest } from '#contract/request.ts'
import type { StoreView } from '#contract/sandbox.ts'
import type { TraceReport } from '#contract/trace.ts'
import { BUSY_HEADER } from '../limits/busy.ts'
import { USER_COLUMNS, visibleRow } from '../storage/rows.ts'
import type { SandboxStore } from '../storage/storage.ts'
import { requestTrace } from '../trace/report.ts'
import type { Trace } from '../trace/trace.ts'
import type { TraceKeeper } from '../trace/trace-log.ts'
import { continueTrace } from '../trace/traceparent.ts'
import { bytesOf } from './recorded/describe-request.ts'
import { hideInChecks } from './recorded/hide-in-checks.ts'
import type { Secrets } from './recorded/secrets.ts'

/** The playground logs people in by itself, and marks it so. */
const CALLER_LOGIN = 'X-Viva-Caller-Login'

/** How long the trace of a request that this server sent to itself may take to be kept. */
const LOOKUP_INTERVAL_MS = 20
const MAX_LOOKUPS = 25

/** A request as its task looks at it, with what it led to. */
type Tried = { sent: PlainRequest } & Pick<Evidence, 'status' | 'headers' | 'text' | 'json' | 'burst'>

/**
 * Judges a request of a task when its response is known and hasn't gone out yet, by what was sent, the response, its trace and the rows.
 * @param secrets the values that its recording hides
 * @returns null for what is no attempt at the task: a reset of the sandbox, a login for *Send as*, and what Viva itself refused
 */
export async function judgeRequest(
  ctx: Context,
  task: QuestionTask,
  { traces, secrets }: { traces: TraceKeeper; secrets: Secrets },
): Promise<Judgement | null> {
  if (ctx.get(CALLER_LOGIN) !== '' || ctx.res.hasHeader(BUSY_HEADER)) return null
  const tried = triedIn(ctx)
  if (tried === null) return null
  const needed = evidenceNeededFor(task)
  const { sent, ...response } = tried
  const evidence: Evidence = {
    ...response,
    trace: needed.trace ? await traceOf(ctx, traces) : null,
    store: needed.store ? await rowsOf(ctx.state.sandbox as SandboxStore) : null,
  }
  const { passed, checks, trap } = judgeTask(task, sentRequestOf(sent), evidence, {})
  const index = trap === null ? -1 : task.traps.findIndex((one) => one === trap)
  return { passed, claims: hideInChecks(checks, secrets), trap: index < 0 ? null : index }
}

function triedIn(ctx: Context): Tried | null {
  if (ctx.path.startsWith('/api/')) return triedThroughViva(ctx)
  const text = typeof ctx.body === 'string' ? ctx.body : ''
  return {
    sent: {
      method: ctx.method,
      path: ctx.url,
      headers: pairsOf(ctx.req.headers),
      body: bodyOf(ctx),
    },
    ...{ status: ctx.status, headers: Object.fromEntries(pairsOf(ctx.response.headers)) },
    ...{ text, json: parsed(text), burst: null },
  }
}

/** A burst, or a request of another page: what Viva sent is judged, not what asked for it. */
function triedThroughViva(ctx: Context): Tried | null {
  const body = (ctx.request as { body?: unknown }).body
  if (ctx.path === '/api/burst') {
    const [wanted, report] = [BurstRequest.safeParse(body).data, BurstReport.safeParse(ctx.body).data]
    if (wanted === undefined || report === undefined) return null
    const sent = { method: 'GET', path: wanted.path, headers: [], body: null }
    return { sent, status: 200, headers: {}, text: '', json: report, burst: report }
  }
  if (ctx.path !== '/api/cross-origin') return null
  const [wanted, report] = [
    CrossOriginRequest.safeParse(body).data,
    CrossOriginReport.safeParse(ctx.body).data,
  ]
  if (wanted === undefined || report === undefined) return null
  const { status, headers, text } = report
  return { sent: wanted, status, headers: Object.fromEntries(headers), text, json: parsed(text), burst: null }
}

/** The trace so far: what runs after the response isn't part of it. */
async function traceOf(ctx: Context, traces: TraceKeeper): Promise<TraceReport | null> {
  const { trace, sandbox } = ctx.state as { trace?: Trace; sandbox: SandboxStore }
  if (trace !== undefined) {
    return { id: trace.id, requests: [{ ...requestTrace(trace), status: ctx.status }] }
  }
  const { traceId } = continueTrace(ctx.get('traceparent'))
  for (let look = 0; look < MAX_LOOKUPS; look += 1) {
    const report = await traces.report(sandbox.id, traceId)
    if (report !== undefined) return report
    await new Promise((resolve) => setTimeout(resolve, LOOKUP_INTERVAL_MS))
  }
  return null
}

async function rowsOf(sandbox: SandboxStore): Promise<StoreView> {
  const { users, revision } = await sandbox.read()
  return { revision, tables: { users: { columns: [...USER_COLUMNS], rows: users.map(visibleRow) } } }
}

function bodyOf(ctx: Context): string | null {
  const bytes = bytesOf(ctx)
  return bytes.length === 0 ? null : Buffer.from(bytes).toString('utf8')
}

function pairsOf(headers: NodeJS.Dict<string | number | string[]>): [name: string, value: string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name.toLowerCase(), String(value)]],
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
