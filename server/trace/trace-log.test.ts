import { afterEach, expect, test, vi } from 'vitest'
import { requestTrace } from './report.ts'
import { TraceLog } from './trace-log.ts'
import { inStep, inStepSync, noteStep, Trace } from './trace.ts'

afterEach(() => {
  vi.useRealTimers()
})

let count = 0

function ended(sandbox: string | undefined, traceId = String((count += 1)).padStart(32, '0')): Trace {
  const trace = new Trace({ traceId, spanId: 'b'.repeat(16) }, 'GET', '/items')
  noteStep(trace, { name: 'main.app', kind: 'handler', title: '', detail: { kind: 'handler', summary: '' } })
  trace.sandbox = sandbox
  trace.end = performance.now()
  return trace
}

function has(log: TraceLog, { sandbox = '', id }: Trace): boolean {
  return log.report(sandbox, id) !== undefined
}

test('a trace can be read in its own sandbox and in no other', () => {
  const log = new TraceLog()
  const trace = ended('mine')
  log.add(trace)
  expect(log.report('mine', trace.id)).toMatchObject({ id: trace.id, requests: [{ path: '/items' }] })
  expect(log.report('yours', trace.id)).toBeUndefined()
  expect(log.report('mine', 'f'.repeat(32))).toBeUndefined()
})

test('requests with the same trace id are reported together, the first one first', () => {
  const log = new TraceLog()
  const [redirect, followed] = [ended('mine'), ended('mine')]
  const second = ended('mine', redirect.id)
  for (const trace of [second, followed, redirect]) log.add(trace)
  expect(log.report('mine', redirect.id)?.requests).toHaveLength(2)
  const [first] = log.report('mine', redirect.id)?.requests ?? []
  expect(first?.startedAt).toBe(new Date(redirect.startedAt).toISOString())
})

test('a trace without a sandbox is not kept', () => {
  const log = new TraceLog()
  const trace = ended(undefined)
  log.add(trace)
  expect(log.report('', trace.id)).toBeUndefined()
})

test("a sandbox's oldest trace is dropped first, and others keep theirs", () => {
  const log = new TraceLog({ perSandbox: 3 })
  const other = ended('other')
  log.add(other)
  const mine = Array.from({ length: 5 }, () => ended('mine'))
  for (const trace of mine) log.add(trace)
  expect(mine.map((trace) => has(log, trace))).toEqual([false, false, true, true, true])
  expect(has(log, other)).toBe(true)
})

test('an idle sandbox keeps its traces while others are busy', () => {
  const log = new TraceLog({ bytes: 20_000 })
  const quiet = ended('quiet')
  log.add(quiet)
  const busy = Array.from({ length: 200 }, () => ended('busy'))
  for (const trace of busy) log.add(trace)
  expect(has(log, quiet)).toBe(true)
  // Nine tenths of the room are shared by two, and a trace counts as 1,000 bytes.
  expect(busy.filter((trace) => has(log, trace))).toEqual(busy.slice(-9))
})

test('field verdicts count, too: traces of bodies with a hundred unknown fields take more space', () => {
  const log = new TraceLog({ bytes: 200_000 })
  const traces = Array.from({ length: 10 }, () => {
    const trace = ended('mine')
    const fields = Array.from({ length: 100 }, (_, index) => {
      return { loc: ['body', `field${index}`], valueType: 'int', rule: 'not a field here', ok: false }
    })
    const detail = { kind: 'validation', model: null, where: 'body', fields } as const
    noteStep(trace, { name: 'request.validation', kind: 'validation', title: '', detail })
    log.add(trace)
    return trace
  })
  // Nine tenths of the room, and about 50,000 bytes each.
  expect(traces.filter((trace) => has(log, trace))).toEqual(traces.slice(-3))
})

test("when there isn't space for one trace each, the sandbox that has been idle longest loses its trace", () => {
  const log = new TraceLog({ bytes: 2500 })
  const all = [ended('first'), ended('second'), ended('third')]
  for (const trace of all) log.add(trace)
  expect(all.map((trace) => has(log, trace))).toEqual([false, true, true])
})

test('a trace is dropped after its lifetime', () => {
  vi.useFakeTimers({ toFake: ['performance', 'Date'] })
  const log = new TraceLog({ lifetimeMs: 1000 })
  const trace = ended('mine')
  log.add(trace)
  vi.advanceTimersByTime(1000)
  expect(has(log, trace)).toBe(true)
  vi.advanceTimersByTime(1)
  expect(has(log, trace)).toBe(false)
})

/** A trace with steps within steps, one refused, one cached, and details of their own. */
async function rich(sandbox: string, steps: number): Promise<Trace> {
  const trace = new Trace(
    { traceId: String((count += 1)).padStart(32, '0'), spanId: 'c'.repeat(16) },
    'PUT',
    '/users/7',
  )
  const about = (name: string) =>
    ({ name, kind: 'handler', title: `The ${name}`, detail: { kind: 'handler', summary: name } }) as const
  await inStep(trace, about('outer'), async () => {
    for (let index = 0; index < steps; index += 1) {
      await inStep(trace, about(`inner ${index} of ${trace.id}`), () => {
        noteStep(trace, about('note'), 'cached')
      })
    }
    inStepSync(trace, about('last'), (step) => step.refuse())
  })
  trace.sandbox = sandbox
  trace.status = 403
  trace.end = performance.now()
  return trace
}

test('the report of a trace stays the same, whatever requests follow', async () => {
  const log = new TraceLog({ perSandbox: 4 })
  // Long and short ones in turns.
  for (let index = 0; index < 11; index += 1) {
    const trace = await rich('mine', index % 3 === 0 ? 20 : 2)
    const reported = requestTrace(trace)
    log.add(trace)
    for (let later = 0; later < 3; later += 1) {
      expect(log.report('mine', trace.id)).toEqual({ id: trace.id, requests: [reported] })
      log.add(ended('mine'))
    }
    expect(log.report('mine', trace.id)).toEqual({ id: trace.id, requests: [reported] })
  }
})

test('cleanup that continues during other requests is reported until its end', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const log = new TraceLog()
  const trace = ended('mine')
  let done: () => void = () => undefined
  const cleanUp = {
    name: 'database.get_db',
    kind: 'dependency',
    title: 'Closed',
    detail: { kind: 'handler', summary: '' },
  } as const
  const cleaning = inStep(trace, cleanUp, () => new Promise<void>((resolve) => (done = resolve)))
  log.add(trace)
  for (let later = 0; later < 3; later += 1) log.add(ended('mine'))
  vi.advanceTimersByTime(20)
  done()
  await cleaning
  for (let later = 0; later < 3; later += 1) log.add(ended('mine'))
  const [, step] = log.report('mine', trace.id)?.requests[0]?.steps ?? []
  expect(step).toMatchObject({ name: 'database.get_db', verdict: 'ok', duration: 20 })
})
