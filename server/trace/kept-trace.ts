import type { StepVerdict } from '#contract/trace.ts'
import type { RecordedStep, RecordedTrace } from './report.ts'
import type { StepAbout, Trace } from './trace.ts'

/** Numbers that are kept of each step: its begin, its end, and the index of the step that it is within, or -1. */
const NUMBERS = 3

/**
 * A place for one trace after another. As the objects in which it was recorded, a trace would be copied by each collection of
 * garbage as long as it is kept; what is written into lists that are there already is not.
 */
export class KeptTrace {
  /** Until its last step has ended: clean-up goes on after the answer. */
  #live: Trace | undefined
  id = ''
  /** Milliseconds of `performance.now()`, as `end`. */
  start = 0
  end = 0
  #spanId = ''
  #method = ''
  #path = ''
  #startedAt = 0
  #status = 0
  #truncated = false
  #length = 0
  readonly #numbers: number[] = []
  readonly #abouts: (StepAbout | undefined)[] = []
  readonly #details: (StepAbout['detail'] | undefined)[] = []
  readonly #verdicts: StepVerdict[] = []

  /** Puts a trace into this place; what was here is forgotten. */
  hold(trace: Trace): void {
    this.#live = trace
    this.id = trace.id
    this.start = trace.start
    this.end = trace.end
  }

  /** Lets go of the objects in which the trace was recorded. @returns false while a step of it runs */
  settle(): boolean {
    const trace = this.#live
    if (trace === undefined) return true
    if (trace.running > 0) return false
    this.#write(trace)
    this.#live = undefined
    return true
  }

  recorded(): RecordedTrace {
    if (this.#live !== undefined) return this.#live
    return {
      spanId: this.#spanId,
      method: this.#method,
      path: this.#path,
      startedAt: this.#startedAt,
      start: this.start,
      end: this.end,
      status: this.#status,
      truncated: this.#truncated,
      steps: this.#steps(),
    }
  }

  #write(trace: Trace): void {
    this.#spanId = trace.spanId
    this.#method = trace.method
    this.#path = trace.path
    this.#startedAt = trace.startedAt
    this.#status = trace.status
    this.#truncated = trace.truncated
    const { steps } = trace
    const before = this.#length
    this.#length = steps.length
    for (let index = 0; index < steps.length; index += 1) this.#writeStep(index, steps[index] as RecordedStep)
    // What a longer trace left behind would be kept for nobody.
    for (let index = steps.length; index < before; index += 1) {
      this.#abouts[index] = undefined
      this.#details[index] = undefined
    }
  }

  #writeStep(index: number, { about, detail, verdict, start, end, parent }: RecordedStep): void {
    this.#numbers[index * NUMBERS] = start
    this.#numbers[index * NUMBERS + 1] = end
    this.#numbers[index * NUMBERS + 2] = parent === undefined ? -1 : parent.index
    this.#abouts[index] = about
    this.#details[index] = detail
    this.#verdicts[index] = verdict
  }

  #steps(): RecordedStep[] {
    const steps: RecordedStep[] = []
    for (let index = 0; index < this.#length; index += 1) {
      const [start = 0, end = 0, parent = -1] = this.#numbers.slice(index * NUMBERS, (index + 1) * NUMBERS)
      const [about, detail, verdict] = [this.#abouts[index], this.#details[index], this.#verdicts[index]]
      if (about === undefined || detail === undefined || verdict === undefined) break
      steps.push({ index, about, detail, verdict, start, end, parent: steps[parent] })
    }
    return steps
  }
}
