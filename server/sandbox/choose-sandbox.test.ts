import type { Middleware } from 'koa'
import { expect, test } from 'vitest'
import { requestTrace } from '../trace/report.ts'
import { Trace } from '../trace/trace.ts'
import { chooseSandbox } from './choose-sandbox.ts'
import { UNGUARDED } from './sandbox-guard.ts'
import { sandboxServer } from '../testing/serve-sandbox.ts'

const IDS = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }

/** A server that answers which sandbox was chosen, as the twin's own paths do, and keeps each request's trace. */
async function server() {
  const traces: Trace[] = []
  const traced: Middleware = (ctx, next) => {
    const trace = new Trace(IDS, ctx.method, ctx.path)
    traces.push(trace)
    ctx.state.trace = trace
    return next()
  }
  const answer: Middleware = (ctx) => {
    ctx.body = { id: (ctx.state.sandbox as { id: string }).id }
  }
  return {
    ...(await sandboxServer((storage) => [
      traced,
      chooseSandbox({ storage, guard: UNGUARDED.record }),
      answer,
    ])),
    traces,
  }
}

test.each(['header', 'cookie', 'default'] as const)(
  'the trace says that the sandbox was chosen by %s',
  async (by) => {
    const { address, storage, traces } = await server()
    const { id } = by === 'default' ? { id: 'default' } : await storage.create()
    const sent = { header: { 'X-Sandbox': id }, cookie: { Cookie: `viva_sandbox=${id}` }, default: {} }
    const response = await fetch(`${address}/users/`, { headers: sent[by] as Record<string, string> })
    expect(await response.json()).toEqual({ id })
    const trace = traces[0]!
    expect(trace.sandbox).toBe(id)
    expect(requestTrace(trace).steps).toMatchObject([
      { name: 'sandbox.choose', verdict: 'ok', detail: { kind: 'sandbox', id, chosenBy: by, users: 3 } },
    ])
  },
)

test("a stale cookie leaves the project's own paths to the default, and creates no sandbox there", async () => {
  const { address } = await server()
  const headers = { Cookie: `viva_sandbox=${'a'.repeat(26)}` }
  const response = await fetch(`${address}/users/`, { headers })
  expect(await response.json()).toEqual({ id: 'default' })
  expect(response.headers.get('Set-Cookie')).toBeNull()
})

test('a refused header is a refused step, and the trace belongs to no one', async () => {
  const { address, traces } = await server()
  await fetch(`${address}/users/`, { headers: { 'X-Sandbox': 'nonsense' } })
  expect(requestTrace(traces[0]!).steps).toMatchObject([{ name: 'sandbox.choose', verdict: 'refused' }])
  expect(traces[0]?.sandbox).toBeUndefined()
})
