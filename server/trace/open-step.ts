import type { StepDetail, StepKind, StepVerdict } from '../../contract/trace.ts'
import type { Trace } from './trace.ts'

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
