import type { RequestTrace, StepDetail, TraceStep } from '#contract/trace.ts'
import type { OpenStep, Trace } from './trace.ts'

/** When the steps directly within another one ran, in microseconds. */
interface Inside {
  from: number
  until: number
  /** How long; steps that ran side by side count once. */
  sum: number
}

/** A trace as a reader gets it: times relative to the request's begin, in milliseconds of three decimals. */
export function requestTrace(trace: Trace): RequestTrace {
  const inside = insideOf(trace.steps)
  return {
    spanId: trace.spanId,
    method: trace.method,
    path: trace.path,
    status: trace.status,
    startedAt: new Date(trace.startedAt).toISOString(),
    duration: endOf(trace) / 1000,
    truncated: trace.truncated,
    steps: trace.steps.map((step) => traceStep(step, inside.get(step))),
  }
}

/** Clean-up that runs after the answer belongs to the request too. */
function endOf(trace: Trace): number {
  const answered = Math.round((trace.end - trace.start) * 1000)
  return trace.steps.reduce((end, step) => Math.max(end, step.end), answered)
}

function traceStep(step: OpenStep, inside: Inside | undefined): TraceStep {
  const duration = step.end - step.start
  return {
    index: step.index,
    parent: step.parent?.index ?? null,
    name: step.about.name,
    kind: step.about.kind,
    title: step.about.title,
    start: step.start / 1000,
    duration: duration / 1000,
    own: Math.max(0, duration - (inside?.sum ?? 0)) / 1000,
    verdict: step.verdict,
    detail: detailOf(step, inside),
  }
}

function detailOf({ about: { detail }, start, end }: OpenStep, inside: Inside | undefined): StepDetail {
  if (detail.kind !== 'middleware') return detail
  // One that answers by itself has nothing within it: then all of its time was before.
  const { from, until } = inside ?? { from: end, until: end }
  return { ...detail, before: (from - start) / 1000, after: Math.max(0, end - until) / 1000 }
}

function insideOf(steps: readonly OpenStep[]): Map<OpenStep, Inside> {
  const all = new Map<OpenStep, Inside>()
  // Steps are listed in the order in which they began, so children need no sorting.
  for (const { parent, start, end } of steps) {
    if (parent === undefined) continue
    const inside = all.get(parent) ?? { from: start, until: start, sum: 0 }
    inside.sum += Math.max(0, end - Math.max(start, inside.until))
    inside.until = Math.max(inside.until, end)
    all.set(parent, inside)
  }
  return all
}
