import type { StepDetail, StoreChange } from '../../contract/trace.ts'
import type { UserRow } from '../storage/storage.ts'
import { visibleRow } from '../storage/visible-row.ts'
import { inStep, type Trace } from '../trace/trace.ts'

export type StoreDetail = Extract<StepDetail, { kind: 'store' }>
type Operation = StoreDetail['operation']

/** Which lines explain an operation: the mapped class makes rows and statements, the session holds the transaction. */
const REGIONS: Record<Operation, string> = {
  select: 'models.user',
  insert: 'models.user',
  update: 'models.user',
  delete: 'models.user',
  commit: 'database.session_local',
  rollback: 'database.session_local',
}

const TITLES: Record<Operation, string> = {
  select: 'SELECT',
  insert: 'INSERT',
  update: 'UPDATE',
  delete: 'DELETE',
  commit: 'COMMIT',
  rollback: 'ROLLBACK',
}

/**
 * Runs one operation on the store and leaves a step of the trace with its SQL, its rows and what it changed.
 * @param run writes into the step how many rows it found or changed, and how
 */
export function inStoreStep<Result>(
  trace: Trace | undefined,
  operation: Operation,
  table: string,
  sql: string,
  run: (detail: StoreDetail) => Promise<Result>,
): Promise<Result> {
  // Plain values: a function would keep the session and its rows, hashes among them, for as long as the trace.
  const detail: StoreDetail = { kind: 'store', operation, table, sql, rows: 0, changes: [] }
  const about = { name: REGIONS[operation], kind: 'store', title: TITLES[operation], detail } as const
  return inStep(trace, about, () => run(detail))
}

/** One changed row as a learner may see it. */
export function visibleChange(
  table: string,
  before: UserRow | undefined,
  after: UserRow | undefined,
): StoreChange {
  return {
    table,
    id: (after ?? before)?.id ?? 0,
    before: before ? visibleRow(before) : null,
    after: after ? visibleRow(after) : null,
  }
}
