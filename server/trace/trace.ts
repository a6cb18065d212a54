import type { StepDetail, StepKind, StepVerdict } from '#contract/trace.ts'
import type { TraceParent } from './traceparent.ts'

/** What is known of a step when it begins. One object may serve many requests: it is never changed. */
export interface StepAbout {
  /** A region's name in both twins, or one of `FRAMEWORK_STEPS`. */
  readonly name: string
  readonly kind: StepKind
  readonly title: string
  /** What the step has to show. A function is called when somebody asks for the trace, not before. */
  readonly detail: StepDetail | (() => StepDetail)
}

/** A step while it runs and after. Nothing of it is written as text before somebody asks for the trace. */
export class OpenStep {
  readonly trace: Trace | undefined
  readonly parent: OpenStep | undefined
  /** Its place among the steps of its trace. */
  readonly index: number
  readonly about: StepAbout
  /** May be replaced while the step runs, when more is known. */
  detail: StepAbout['detail']
  verdict: StepVerdict
  /** Times are whole microseconds since the request began: V8 keeps small integers in their place, and fractions elsewhere. */
  readonly start: number
  end: number
  /** How long steps within this one took. */
  inner: number

  constructor(trace: Trace | undefined, parent: OpenStep | undefined, index: number, about: StepAbout) {
    this.trace = trace
    this.parent = parent
    this.index = index
    this.about = about
    this.detail = about.detail
    this.verdict = 'ok'
    this.start = trace === undefined ? 0 : trace.elapsed()
    this.end = this.start
    this.inner = 0
  }

  /** This step decided the answer against the caller. */
  refuse(): void {
    this.verdict = 'refused'
  }
}

/** The most steps that a trace keeps; later ones run as ever, but are not told. */
export const STEP_LIMIT = 200

/**
 * One request while it is followed, and as it is kept afterwards. It is handed on by name, in `request.state.trace` and by
 * the session: AsyncLocalStorage would carry it too, but makes every promise of the process dearer.
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
  /** The step that runs: the next one begins within it. */
  current: OpenStep | undefined = undefined
  /** How many steps run. */
  running = 0
  end = this.start
  status = 0
  truncated = false
  /** Whose trace this is; without a sandbox nobody may read it, and it isn't kept. */
  sandbox: string | undefined = undefined

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

/** Where a step goes: under the one that runs, or under a given one; nowhere when the request isn't followed. */
export type Within = Trace | OpenStep | undefined

/**
 * Runs one step and times it. What `run` throws is thrown on, and the step says `refused`.
 * Steps that run side by side name the step that they are within, which `run` of that one was given.
 */
export function inStep<T>(
  within: Within,
  about: StepAbout,
  run: (open: OpenStep) => T | Promise<T>,
): Promise<T> {
  const step = begin(within, about)
  let running: T | Promise<T>
  try {
    running = run(step)
  } catch (error) {
    fail(step)
    return Promise.reject(error)
  }
  if (!(running instanceof Promise)) {
    finish(step)
    return Promise.resolve(running)
  }
  // Whoever waits for what is returned comes after this one, and needs no promise more.
  running.then(
    () => finish(step),
    () => fail(step),
  )
  return running
}

/** As `inStep`, for work that waits for nothing. */
export function inStepSync<T>(within: Within, about: StepAbout, run: (open: OpenStep) => T): T {
  const step = begin(within, about)
  try {
    const result = run(step)
    finish(step)
    return result
  } catch (error) {
    fail(step)
    throw error
  }
}

/** Leaves a step that takes no time of its own: something was found, chosen or refused. */
export function noteStep(within: Within, about: StepAbout, verdict: StepVerdict = 'ok'): void {
  open(within, about).verdict = verdict
}

function begin(within: Within, about: StepAbout): OpenStep {
  const step = open(within, about)
  const { trace, parent } = step
  if (trace === undefined) return step
  trace.running += 1
  if (parent === trace.current) trace.current = step
  return step
}

function open(within: Within, about: StepAbout): OpenStep {
  if (within === undefined) return new OpenStep(undefined, undefined, 0, about)
  const given = within instanceof OpenStep
  const trace = given ? within.trace : within
  if (trace === undefined) return new OpenStep(undefined, undefined, 0, about)
  const step = new OpenStep(trace, given ? within : trace.current, trace.steps.length, about)
  if (trace.steps.length < STEP_LIMIT) trace.steps.push(step)
  else trace.truncated = true
  return step
}

function fail(step: OpenStep): void {
  step.refuse()
  finish(step)
}

function finish(step: OpenStep): void {
  const { trace, parent } = step
  if (trace === undefined) return
  trace.running -= 1
  step.end = trace.elapsed()
  if (parent !== undefined) parent.inner += step.end - step.start
  if (trace.current === step) trace.current = parent
}
