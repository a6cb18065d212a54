import type { RequestTrace, TraceStep } from '../../contract/trace.ts'
import type { OpenStep, Trace } from './trace.ts'

/** A kept trace as a reader gets it: times relative to the request's begin, in milliseconds of three decimals. */
export function requestTrace(trace: Trace): RequestTrace {
  const inner = innerTimes(trace.steps)
  return {
    spanId: trace.spanId,
    method: trace.method,
    path: trace.path,
    status: trace.status,
    startedAt: new Date(trace.startedAt).toISOString(),
    duration: rounded(endOf(trace) - trace.start),
    truncated: trace.truncated,
    steps: trace.steps.map((step) => traceStep(trace, step, inner.get(step) ?? 0)),
  }
}

/** Clean-up that runs after the answer belongs to the request too. */
function endOf(trace: Trace): number {
  return trace.steps.reduce((end, step) => Math.max(end, step.end), trace.end)
}

function traceStep(trace: Trace, step: OpenStep, inner: number): TraceStep {
  const duration = step.end - step.start
  return {
    index: step.index,
    parent: step.parent?.index ?? null,
    name: step.about.name,
    kind: step.about.kind,
    title: step.about.title,
    start: rounded(step.start - trace.start),
    duration: rounded(duration),
    own: rounded(Math.max(0, duration - inner)),
    verdict: step.verdict,
    detail: typeof step.detail === 'function' ? step.detail() : step.detail,
  }
}

/** How long the children of each step ran; children that ran side by side count once. */
function innerTimes(steps: readonly OpenStep[]): Map<OpenStep, number> {
  const covered = new Map<OpenStep, { until: number; sum: number }>()
  // Steps stand in the order in which they began, so children need no sorting.
  for (const { parent, start, end } of steps) {
    if (parent === undefined) continue
    const { until, sum } = covered.get(parent) ?? { until: 0, sum: 0 }
    const from = Math.max(start, until)
    covered.set(parent, { until: Math.max(until, end), sum: sum + Math.max(0, end - from) })
  }
  return new Map([...covered].map(([step, { sum }]) => [step, sum]))
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000
}
