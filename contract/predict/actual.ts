import type { Check } from '../evaluate.ts'
import { valueAt } from '../match.ts'
import type { TraceReport, TraceStep } from '../trace.ts'
import type { Choice } from './prediction.ts'

/** How a handler can end. */
export const FATES: readonly Choice[] = [
  { value: 'never', label: 'never called' },
  { value: 'returned', label: 'called, and it returned' },
  { value: 'raised', label: 'called, and it raised' },
]

export const PLACES: readonly Choice[] = [
  { value: 'event loop', label: 'on the event loop' },
  { value: 'threadpool', label: 'in a thread of the pool' },
  { value: 'process', label: 'in a process of its own' },
]

export const CALLS: readonly Choice[] = [
  { value: '0', label: 'never called' },
  { value: '1', label: 'called once' },
  { value: '2', label: 'called more than once' },
]

/** What a step's run left behind. */
export interface Happened {
  /** Of all claims: they hold the actual values, whether they are what was expected or not. */
  checks: readonly Check[]
  /** The response's JSON. */
  json: unknown
  trace: TraceReport | null
}

/**
 * What really happened, as the value of a choice.
 * @param ask `problems`, `handler …` or `calls …` with the name of a trace step, or the subject of a check, such as `status`
 * @returns null if that can't be told
 */
export function actualOf(ask: string, { checks, json, trace }: Happened): string | null {
  if (ask === 'problems') {
    const detail = valueAt(json, 'detail')
    return String(Array.isArray(detail) ? detail.length : 0)
  }
  const [, kind, name] = /^(handler|calls) (.+)$/.exec(ask) ?? []
  if (name !== undefined) {
    const runs = trace?.requests.flatMap(({ steps }) => steps.filter((step) => step.name === name))
    if (runs === undefined) return null
    return kind === 'calls' ? String(Math.min(2, runs.length)) : fateOf(runs)
  }
  const actual = checks.find(({ subject }) => subject === ask)?.actual
  return actual === undefined || actual === 'absent' ? null : actual.replaceAll('"', '')
}

function fateOf(runs: readonly TraceStep[]): string {
  if (runs.length === 0) return 'never'
  return runs.some(({ verdict }) => verdict === 'refused') ? 'raised' : 'returned'
}
