import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TraceReport } from '#contract/trace.ts'
import inside from '../recording/inside.json' with { type: 'json' }
import { startTwin, type Twin } from '../record/twin.ts'

let twin: Twin

beforeAll(async () => {
  twin = await startTwin()
})
afterAll(() => twin.stop())

/** What the steps of so many calls at once have to show. */
async function detailsOf(path: string, calls: number) {
  const id = randomUUID().replaceAll('-', '')
  const headers = { traceparent: `00-${id}-${'1'.repeat(16)}-01` }
  const send = async () => (await fetch(twin.origin + path, { headers })).text()
  await Promise.all(Array.from({ length: calls }, send))
  const report = async () => (await fetch(`${twin.origin}/api/traces/${id}`)).json()
  // A trace is kept a moment after its answer.
  await expect.poll(report).toMatchObject({ requests: { length: calls } })
  return TraceReport.parse(await report()).requests.flatMap(({ steps }) => steps.map(({ detail }) => detail))
}

test.each(inside.logs)(
  '$calls × GET $path: the trace has the log that uvicorn writes',
  async ({ path, calls, log }) => {
    expect(await detailsOf(path, calls)).toContainEqual({ kind: 'log', log })
  },
)
