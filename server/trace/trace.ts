import { AsyncLocalStorage } from 'node:async_hooks'
import type { StepKind, StepVerdict } from '../../contract/trace.ts'
import { OpenStep, type StepAbout } from './open-step.ts'
import type { TraceParent } from './traceparent.ts'

export { OpenStep, type StepAbout } from './open-step.ts'

/** The most steps that a trace keeps; later ones run as ever, but are not told. */
export const STEP_LIMIT = 200

/** One request while it is followed, and as it is kept afterwards. */
export class Trace {
  readonly id: string
  readonly spanId: string
  readonly method: string
  readonly path: string
  readonly startedAt = Date.now()
  readonly start = performance.now()
  readonly steps: OpenStep[] = []
  /** Milliseconds by kind of step, each step's children taken away. */
  readonly timing = new Map<StepKind, number>()
  end = this.start
  status = 0
  truncated = false
  /** Whose trace this is; without a sandbox nobody may read it, and it isn't kept. */
  sandbox: string | undefined

  constructor(parent: TraceParent, method: string, path: string) {
    this.id = parent.traceId
    this.spanId = parent.spanId
    this.method = method
    this.path = path
  }
}

/** Each frame is a step that encloses what runs in it; the outermost stands for the request itself. */
const frames = new AsyncLocalStorage<OpenStep>()

const WHOLE: StepAbout = {
  name: '',
  kind: 'handler',
  title: '',
  detail: { kind: 'handler', says: '' },
}

/** The trace of the request that is being answered, or undefined outside of one. */
export function currentTrace(): Trace | undefined {
  return frames.getStore()?.trace
}

/** Runs a request with its trace: every step under it, however deep, lands there. */
export function withTrace<T>(trace: Trace, run: () => T): T {
  return frames.run(new OpenStep(trace, undefined, -1, WHOLE), run)
}

/** Ties a function to the current trace, for callbacks that run later: their steps land there too. */
export function inCurrentTrace(run: () => void): () => void {
  const trace = currentTrace()
  return trace === undefined ? run : () => withTrace(trace, run)
}

/**
 * Runs one step and times it. What `run` throws is thrown on, and the step says `refused`.
 * Without a current trace it just runs. Steps that run side by side under one parent are fine.
 */
export function inStep<T>(about: StepAbout, run: (open: OpenStep) => T | Promise<T>): Promise<T> {
  const around = frames.getStore()
  const step = around === undefined ? new OpenStep(undefined, undefined, 0, about) : begin(around, about)
  let running: T | Promise<T>
  try {
    running = around === undefined ? run(step) : frames.run(step, run, step)
  } catch (error) {
    refuse(step)
    return Promise.reject(error)
  }
  if (!(running instanceof Promise)) {
    finish(step)
    return Promise.resolve(running)
  }
  // Called `then` and not awaited: in Node 20 every promise costs more while a trace is carried.
  return running.then(
    (result) => {
      finish(step)
      return result
    },
    (error: unknown) => {
      refuse(step)
      throw error
    },
  )
}

/** As `inStep`, for work that waits for nothing. */
export function inStepSync<T>(about: StepAbout, run: (open: OpenStep) => T): T {
  const around = frames.getStore()
  const step = around === undefined ? new OpenStep(undefined, undefined, 0, about) : begin(around, about)
  try {
    const result = around === undefined ? run(step) : frames.run(step, run, step)
    finish(step)
    return result
  } catch (error) {
    refuse(step)
    throw error
  }
}

/** Leaves a step that takes no time of its own: something was found, chosen or refused. */
export function noteStep(about: StepAbout, verdict: StepVerdict = 'ok'): void {
  const around = frames.getStore()
  if (around !== undefined) begin(around, about).verdict = verdict
}

function begin(around: OpenStep, about: StepAbout): OpenStep {
  const trace = around.trace as Trace
  const step = new OpenStep(trace, around.index < 0 ? undefined : around, trace.steps.length, about)
  if (trace.steps.length < STEP_LIMIT) trace.steps.push(step)
  else trace.truncated = true
  return step
}

function refuse(step: OpenStep): void {
  step.refuse()
  finish(step)
}

function finish(step: OpenStep): void {
  const { trace, parent, kind } = step
  if (trace === undefined) return
  step.end = performance.now()
  const duration = step.end - step.start
  if (parent !== undefined) parent.inner += duration
  const own = Math.max(0, duration - step.inner)
  trace.timing.set(kind, (trace.timing.get(kind) ?? 0) + own)
}
