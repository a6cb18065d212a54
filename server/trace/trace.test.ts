import { afterEach, expect, test, vi } from 'vitest'
import { requestTrace } from './report.ts'
import { inStep, inStepSync, noteStep, MAX_STEPS, Trace, type StepAbout } from './trace.ts'

afterEach(() => {
  vi.useRealTimers()
})

const IDS = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }

function about(name: string): StepAbout {
  return { name, kind: 'handler', title: name, detail: { kind: 'handler', summary: 'before' } }
}

/** A trace whose clock stands still unless a test advances it. */
function stoppedTrace() {
  vi.useFakeTimers({ toFake: ['performance', 'Date', 'setTimeout'] })
  const wait = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))
  return { trace: new Trace(IDS, 'GET', '/items'), wait }
}

test("steps nest, and each one's own time excludes the steps inside it", async () => {
  const { trace, wait } = stoppedTrace()
  const running = inStep(trace, about('outer'), async () => {
    await wait(10)
    await inStep(trace, about('inner'), () => wait(20))
    await wait(5)
  })
  await vi.advanceTimersByTimeAsync(100)
  await running
  expect(requestTrace(trace).steps).toMatchObject([
    { index: 0, parent: null, name: 'outer', start: 0, duration: 35, own: 15 },
    { index: 1, parent: 0, name: 'inner', start: 10, duration: 20, own: 20 },
  ])
})

test('steps that run concurrently inside one are subtracted only once from its own time', async () => {
  const { trace, wait } = stoppedTrace()
  const running = inStep(trace, about('outer'), async (outer) => {
    const first = inStep(outer, about('first'), () => wait(20))
    await wait(10)
    await Promise.all([first, inStep(outer, about('second'), () => wait(30))])
    await wait(2)
  })
  await vi.advanceTimersByTimeAsync(100)
  await running
  expect(requestTrace(trace).steps).toMatchObject([
    { name: 'outer', duration: 42, own: 2 },
    { name: 'first', parent: 0, duration: 20 },
    { name: 'second', parent: 0, duration: 30 },
  ])
})

test('a middleware shows how long it took before the steps inside it, and after', async () => {
  const { trace, wait } = stoppedTrace()
  const summary = 'wraps'
  const wrap: StepAbout = {
    name: 'wrap',
    kind: 'middleware',
    title: 'Wrap',
    detail: { kind: 'middleware', before: 0, after: 0, summary },
  }
  const running = inStep(trace, wrap, async () => {
    await wait(3)
    await inStep(trace, about('first'), () => wait(10))
    await inStep(trace, about('second'), () => wait(10))
    await wait(4)
  }).then(() => inStep(trace, wrap, () => wait(7)))
  await vi.advanceTimersByTimeAsync(100)
  await running
  const [around, , , alone] = requestTrace(trace).steps
  expect(around?.detail).toEqual({ kind: 'middleware', before: 3, after: 4, summary })
  expect(alone?.detail).toEqual({ kind: 'middleware', before: 7, after: 0, summary })
})

test('an error of a step is rethrown, and marks it and the steps around it as refused', async () => {
  const trace = new Trace(IDS, 'GET', '/items')
  const running = inStep(trace, about('outer'), () =>
    inStepSync(trace, about('inner'), () => {
      throw new RangeError('no')
    }),
  )
  await expect(running).rejects.toThrow(RangeError)
  noteStep(trace, about('later'), 'cached')
  expect(requestTrace(trace).steps.map(({ name, parent, verdict }) => [name, parent, verdict])).toEqual([
    ['outer', null, 'refused'],
    ['inner', 0, 'refused'],
    ['later', null, 'cached'],
  ])
})

test('a step shows details that its work set while it ran', async () => {
  const trace = new Trace(IDS, 'GET', '/items')
  const detail = { kind: 'handler' as const, summary: '' }
  await inStep(trace, { ...about('one'), detail }, (step) => {
    detail.summary = 'found'
    step.refuse()
  })
  expect(requestTrace(trace).steps[0]).toMatchObject({ verdict: 'refused', detail: { summary: 'found' } })
})

test('without a trace a step just runs', async () => {
  await expect(inStep(undefined, about('one'), () => 1)).resolves.toBe(1)
  await expect(
    inStep(undefined, about('two'), async () => Promise.reject(new RangeError('no'))),
  ).rejects.toThrow(RangeError)
  expect(inStepSync(undefined, about('three'), (step) => inStepSync(step, about('four'), () => 4))).toBe(4)
})

test('steps over the limit run, but are left out, and the trace is marked as truncated', async () => {
  const trace = new Trace(IDS, 'GET', '/items')
  let ran = 0
  for (let index = 0; index < MAX_STEPS + 3; index += 1) await inStep(trace, about('step'), () => (ran += 1))
  const { steps, truncated } = requestTrace(trace)
  expect([ran, steps.length, truncated]).toEqual([MAX_STEPS + 3, MAX_STEPS, true])
})
