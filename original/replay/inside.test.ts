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

/** The steps of one GET, as the page gets them. */
async function stepsOf(path: string) {
  const id = randomUUID().replaceAll('-', '')
  const headers = { traceparent: `00-${id}-${'1'.repeat(16)}-01` }
  await (await fetch(twin.origin + path, { headers })).text()
  // The trace is kept a moment after the answer.
  const trace = () => fetch(`${twin.origin}/api/traces/${id}`)
  await expect.poll(async () => (await trace()).status).toBe(200)
  return TraceReport.parse(await (await trace()).json()).requests[0]!.steps
}

test.each(Object.entries(inside.logs))('GET %s logs in the trace what uvicorn writes', async (path, log) => {
  expect((await stepsOf(path)).map(({ detail }) => detail)).toContainEqual({ kind: 'log', log })
})
