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

interface Frame {
  trace: Trace
  step: OpenStep | undefined
}

const frames = new AsyncLocalStorage<Frame>()

/** The trace of the request that is being answered, or undefined outside of one. */
export function currentTrace(): Trace | undefined {
  return frames.getStore()?.trace
}

/** Runs a request with its trace: every step under it, however deep, lands there. */
export function withTrace<T>(trace: Trace, run: () => T): T {
  return frames.run({ trace, step: undefined }, run)
}

/** Ties a function to the current step, for callbacks that run later: their steps land in the same trace. */
export function inCurrentTrace(run: () => void): () => void {
  const frame = frames.getStore()
  return frame === undefined ? run : () => frames.run({ ...frame, step: undefined }, run)
}

/**
 * Runs one step and times it. What `run` throws is thrown on, and the step says `refused`.
 * Without a current trace it just runs. Steps that run side by side under one parent are fine.
 */
export async function inStep<T>(about: StepAbout, run: (open: OpenStep) => T | Promise<T>): Promise<T> {
  const frame = frames.getStore()
  if (frame === undefined) return run(new OpenStep(undefined, undefined, 0, about))
  const step = begin(frame, about)
  try {
    return await frames.run({ trace: frame.trace, step }, run, step)
  } catch (error) {
    step.refuse()
    throw error
  } finally {
    finish(frame.trace, step)
  }
}

/** Leaves a step that takes no time of its own: something was found, chosen or refused. */
export function noteStep(about: StepAbout & { verdict?: StepVerdict }): void {
  const frame = frames.getStore()
  if (frame === undefined) return
  const step = begin(frame, about)
  if (about.verdict !== undefined) step.verdict = about.verdict
}

function begin(frame: Frame, about: StepAbout): OpenStep {
  const { trace } = frame
  const step = new OpenStep(trace, frame.step, trace.steps.length, about)
  if (trace.steps.length < STEP_LIMIT) trace.steps.push(step)
  else trace.truncated = true
  return step
}

function finish(trace: Trace, step: OpenStep): void {
  step.end = performance.now()
  const duration = step.end - step.start
  if (step.parent !== undefined) step.parent.inner += duration
  const own = Math.max(0, duration - step.inner)
  trace.timing.set(step.kind, (trace.timing.get(step.kind) ?? 0) + own)
}
