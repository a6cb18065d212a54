import type { StepDetail } from '../../contract/trace.ts'
import type { OpenStep, Trace } from './trace.ts'

/** What a step costs besides its detail: its object, its name, its numbers. */
const STEP_BYTES = 250
/** What one field, check or changed row costs besides its texts. */
const ITEM_BYTES = 120

/** Bytes of a trace, about: counting exactly would mean to write it as text, which costs more than the request. */
export function weightOf(trace: Trace): number {
  return trace.steps.reduce((sum, step) => sum + stepWeight(step), 200 + trace.path.length)
}

/** Drops the last steps until the trace fits, and says in it that it was cut. */
export function fitInto(trace: Trace, limit: number): void {
  let weight = 200 + trace.path.length
  const kept = trace.steps.findIndex((step) => (weight += stepWeight(step)) > limit)
  if (kept === -1) return
  trace.steps.length = kept
  trace.truncated = true
}

function stepWeight(step: OpenStep): number {
  return STEP_BYTES + (typeof step.detail === 'function' ? 0 : detailWeight(step.detail))
}

function detailWeight(detail: StepDetail): number {
  if (detail.kind === 'validation') {
    return sum(detail.fields, ({ loc, rule, message = '' }) => rule.length + message.length + textOf(loc))
  }
  if (detail.kind === 'store') {
    return (
      detail.sql.length + sum(detail.changes, ({ before, after }) => rowWeight(before) + rowWeight(after))
    )
  }
  if (detail.kind === 'token') return sum(detail.checks, ({ says }) => says.length)
  if (detail.kind === 'response') return textOf(detail.removed)
  return 0
}

function sum<T>(items: readonly T[], textLength: (item: T) => number): number {
  let total = 0
  for (const item of items) total += ITEM_BYTES + textLength(item)
  return total
}

function textOf(parts: readonly (string | number)[]): number {
  let total = 0
  for (const part of parts) total += typeof part === 'string' ? part.length : 8
  return total
}

function rowWeight(row: Record<string, unknown> | null): number {
  return row === null ? 4 : textOf(Object.values(row).map((value) => (typeof value === 'string' ? value : 8)))
}
