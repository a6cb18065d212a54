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

/** The trace of so many calls at once. */
async function report(path: string, calls: number): Promise<TraceReport> {
  const id = randomUUID().replaceAll('-', '')
  const headers = { traceparent: `00-${id}-${'1'.repeat(16)}-01` }
  const send = async () => (await fetch(twin.origin + path, { headers })).text()
  await Promise.all(Array.from({ length: calls }, send))
  const trace = async () => (await fetch(`${twin.origin}/api/traces/${id}`)).json()
  // A trace is kept a moment after its response.
  await expect.poll(trace).toMatchObject({ requests: { length: calls } })
  return TraceReport.parse(await trace())
}

test.each(inside.logs)(
  '$calls × GET $path: the trace has the log that uvicorn writes',
  async ({ path, calls, log }) => {
    const { requests } = await report(path, calls)
    const details = requests.flatMap(({ steps }) => steps.map(({ detail }) => detail))
    expect(details).toContainEqual({ kind: 'log', log })
  },
)

test('start-up sends the same statements as the original, and is part of each later trace', async () => {
  await twin.reset()
  const { startUp, requests } = await report('/users/', 1)
  const sent = startUp!.steps.flatMap(({ title, detail }) =>
    title === 'Connected' ? 'connect' : detail.kind === 'store' ? detail.sql : [],
  )
  expect(sent).toEqual(inside.startUp)
  expect(requests).toHaveLength(1)
})
