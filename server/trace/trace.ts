import type { StepDetail, StepKind, StepVerdict } from '#contract/trace.ts'
import type { TraceParent } from './traceparent.ts'

/** What a step shows besides its time. Where only the work itself finds it out, `detail` is filled in while the step runs. */
export interface StepAbout {
  /** A region's name in both twins, or one of `FRAMEWORK_STEPS`. */
  readonly name: string
  readonly kind: StepKind
  readonly title: string
  readonly detail: StepDetail
}

/** A step while it runs and after. */
export class OpenStep {
  readonly trace: Trace | undefined
  readonly parent: OpenStep | undefined
  /** Its position among the steps of its trace. */
  readonly index: number
  readonly about: StepAbout
  verdict: StepVerdict = 'ok'
  /** Whole microseconds since the request began, as `end`. */
  readonly start: number
  end: number
  /** Microseconds spent in the steps directly within this one. */
  inner = 0

  constructor(trace: Trace | undefined, parent: OpenStep | undefined, index: number, about: StepAbout) {
    this.trace = trace
    this.parent = parent
    this.index = index
    this.about = about
    this.start = trace?.elapsed() ?? 0
    this.end = this.start
  }

  /** This step decided the answer against the caller. */
  refuse(): void {
    this.verdict = 'refused'
  }
}

/** Steps beyond this number run as usual, but the trace leaves them out. */
export const MAX_STEPS = 200

/**
 * The record of one request, while it runs and afterwards. It is passed on by name, in `request.state.trace` and to the
 * session: AsyncLocalStorage would carry it too, but slows down every promise of the process.
 */
export class Trace {
  readonly id: string
  readonly spanId: string
  readonly method: string
  readonly path: string
  readonly startedAt = Date.now()
  /** Milliseconds of `performance.now()`, as `end`. */
  readonly start = performance.now()
  readonly steps: OpenStep[] = []
  /** The step that is running: the next one begins within it. */
  current: OpenStep | undefined
  end = this.start
  status = 0
  truncated = false
  /** Who may read this trace; without a sandbox no one may, and it isn't kept. */
  sandbox: string | undefined

  constructor(parent: TraceParent, method: string, path: string) {
    this.id = parent.traceId
    this.spanId = parent.spanId
    this.method = method
    this.path = path
  }

  /** Whole microseconds since the request began. */
  elapsed(): number {
    return Math.round((performance.now() - this.start) * 1000)
  }
}

/** Where a step belongs: within the one that is running, or within a given one; nowhere when the request isn't traced. */
export type Within = Trace | OpenStep | undefined

/**
 * Runs one step and times it. What `run` throws is thrown on, and marks the step as refused.
 * Steps that run side by side pass the step that they are within, which its own `run` received.
 */
export async function inStep<T>(
  within: Within,
  about: StepAbout,
  run: (open: OpenStep) => T | Promise<T>,
): Promise<T> {
  const step = begin(within, about)
  try {
    return await run(step)
  } catch (error) {
    step.refuse()
    throw error
  } finally {
    end(step)
  }
}

/** The same as `inStep`, for work that is synchronous. */
export function inStepSync<T>(within: Within, about: StepAbout, run: (open: OpenStep) => T): T {
  const step = begin(within, about)
  try {
    return run(step)
  } catch (error) {
    step.refuse()
    throw error
  } finally {
    end(step)
  }
}

/** Adds a step that takes no time of its own: something was found, chosen or refused. */
export function noteStep(within: Within, about: StepAbout, verdict: StepVerdict = 'ok'): void {
  addStep(within, about).verdict = verdict
}

function begin(within: Within, about: StepAbout): OpenStep {
  const step = addStep(within, about)
  const { trace, parent } = step
  if (trace !== undefined && parent === trace.current) trace.current = step
  return step
}

function addStep(within: Within, about: StepAbout): OpenStep {
  const trace = within instanceof OpenStep ? within.trace : within
  if (trace === undefined) return new OpenStep(undefined, undefined, 0, about)
  const parent = within instanceof OpenStep ? within : trace.current
  const step = new OpenStep(trace, parent, trace.steps.length, about)
  if (trace.steps.length < MAX_STEPS) trace.steps.push(step)
  else trace.truncated = true
  return step
}

function end(step: OpenStep): void {
  const { trace, parent } = step
  if (trace === undefined) return
  step.end = trace.elapsed()
  if (parent !== undefined) parent.inner += step.end - step.start
  if (trace.current === step) trace.current = parent
}
