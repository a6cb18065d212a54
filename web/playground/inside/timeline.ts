import type { RequestTrace, TraceStep } from '#contract/trace.ts'

export interface TimelineRow {
  step: TraceStep
  /** Steps around it. */
  depth: number
  /** From 0 to 1000, the whole request's width. */
  span: Bar
  /** The parts of the span in which none of its children ran. */
  own: Bar[]
}

interface Bar {
  x: number
  width: number
}

/** The width of the chart, for the whole request's duration. */
export const TIMELINE_WIDTH = 1000

/** The width of a bar that would be too short to see. */
const MIN_BAR_WIDTH = 4

/** The steps of one request as rows of a waterfall, in the order in which they started. */
export function timelineOf(trace: RequestTrace): TimelineRow[] {
  const end = Math.max(trace.duration, ...trace.steps.map((step) => step.start + step.duration), 0.001)
  const bar = ([from, to]: Interval): Bar => {
    const width = Math.max(((to - from) / end) * TIMELINE_WIDTH, MIN_BAR_WIDTH)
    return { x: Math.min((from / end) * TIMELINE_WIDTH, TIMELINE_WIDTH - width), width }
  }
  const steps = [...trace.steps].sort((a, b) => a.index - b.index)
  const depths = new Map<number, number>()
  return steps.map((step) => {
    const depth = step.parent === null ? 0 : (depths.get(step.parent) ?? -1) + 1
    depths.set(step.index, depth)
    const children = steps.filter((other) => other.parent === step.index).map(intervalOf)
    return { step, depth, span: bar(intervalOf(step)), own: without(intervalOf(step), children).map(bar) }
  })
}

type Interval = [from: number, to: number]

const intervalOf = (step: TraceStep): Interval => [step.start, step.start + step.duration]

function without(whole: Interval, holes: readonly Interval[]): Interval[] {
  const left: Interval[] = []
  let from = whole[0]
  for (const [start, stop] of [...holes].sort((a, b) => a[0] - b[0])) {
    if (start > from) left.push([from, Math.min(start, whole[1])])
    from = Math.max(from, stop)
  }
  if (from < whole[1] || left.length === 0) left.push([from, Math.max(from, whole[1])])
  return left
}

/** Index of the step to select first: the last that refused, else the handler, else the first. */
export function initialStep(steps: readonly TraceStep[]): number {
  const refused = steps.findLast((step) => step.verdict === 'refused')
  const handler = steps.findLast((step) => step.kind === 'handler')
  return (refused ?? handler ?? steps[0])?.index ?? 0
}
