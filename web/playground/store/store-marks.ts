import type { StoreChange, TraceReport } from '#contract/trace.ts'

/** The changes that a request committed, in order, without those it rolled back or never committed. */
export function committedChanges(trace: TraceReport | null): StoreChange[] {
  const committed: StoreChange[] = []
  for (const { steps } of trace?.requests ?? []) {
    let pending: StoreChange[] = []
    for (const { detail } of [...steps].sort((a, b) => a.index - b.index)) {
      if (detail.kind !== 'store') continue
      if (detail.operation === 'rollback') pending = []
      else pending.push(...detail.changes)
      if (detail.operation === 'commit') committed.push(...pending.splice(0))
    }
  }
  return committed
}
