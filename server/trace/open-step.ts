import type { StepDetail, StepKind, StepVerdict } from '../../contract/trace.ts'
import type { Trace } from './trace.ts'

/** What is known of a step when it begins. */
export interface StepAbout {
  /** A region's name in both twins, or one of `FRAMEWORK_STEPS`. */
  name: string
  kind: StepKind
  title: string
  /** What the step has to show. A function is called when somebody asks for the trace, not before. */
  detail: StepDetail | (() => StepDetail)
}

/** A step while it runs and after. Nothing of it is written as text before somebody asks for the trace. */
export class OpenStep {
  readonly trace: Trace | undefined
  readonly parent: OpenStep | undefined
  readonly index: number
  readonly name: string
  readonly kind: StepKind
  title: string
  /** May be replaced while the step runs, when more is known. */
  detail: StepDetail | (() => StepDetail)
  verdict: StepVerdict = 'ok'
  /** Milliseconds of `performance.now()`. */
  readonly start: number
  end: number
  /** Milliseconds that steps within this one took. */
  inner = 0

  constructor(trace: Trace | undefined, parent: OpenStep | undefined, index: number, about: StepAbout) {
    this.trace = trace
    this.parent = parent
    this.index = index
    this.name = about.name
    this.kind = about.kind
    this.title = about.title
    this.detail = about.detail
    this.start = performance.now()
    this.end = this.start
  }

  /** This step decided the answer against the caller. */
  refuse(): void {
    this.verdict = 'refused'
  }
}
