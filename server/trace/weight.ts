import type { StepDetail } from '../../contract/trace.ts'
import type { OpenStep, Trace } from './trace.ts'

/** What a step costs besides the items of its detail: its object, its name, its numbers. */
const STEP_BYTES = 400
/** What one field, check or changed row costs. */
const ITEM_BYTES = 200

/** Bytes of a trace, about: counting exactly would mean to write it as text, which costs more than the request. */
export function weightOf(trace: Trace): number {
  let weight = STEP_BYTES
  for (const step of trace.steps) weight += stepWeight(step)
  return weight
}

/** Drops the last steps until the trace fits, and says in it that it was cut. @returns its new weight */
export function fitInto(trace: Trace, limit: number): number {
  let weight = STEP_BYTES
  const kept = trace.steps.findIndex((step) => (weight += stepWeight(step)) > limit)
  if (kept === -1) return weight
  trace.steps.length = kept
  trace.truncated = true
  return weightOf(trace)
}

function stepWeight({ detail }: OpenStep): number {
  return STEP_BYTES + (typeof detail === 'function' ? 1 : itemsOf(detail)) * ITEM_BYTES
}

function itemsOf(detail: StepDetail): number {
  if (detail.kind === 'validation') return detail.fields.length
  if (detail.kind === 'token') return detail.checks.length
  if (detail.kind === 'store') return detail.changes.length
  return 0
}
