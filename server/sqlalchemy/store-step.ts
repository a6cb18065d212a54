import type { StepDetail, StoreChange } from '#contract/trace.ts'
import type { UserRow } from '../storage/storage.ts'
import { visibleRow } from '../storage/rows.ts'
import { inStep, type StepAbout, type Trace } from '../trace/trace.ts'

export type StoreDetail = Extract<StepDetail, { kind: 'store' }>
type Operation = StoreDetail['operation']

/** Whose lines explain an operation: the mapped class makes rows and statements, the session holds the transaction. */
const REGIONS: Record<Operation, string> = {
  pragma: 'models.user',
  create: 'models.user',
  select: 'models.user',
  insert: 'models.user',
  update: 'models.user',
  delete: 'models.user',
  commit: 'database.session_local',
  rollback: 'database.session_local',
}

/**
 * Runs one operation on the store, and leaves a step of the trace with its SQL, its rows and what it changed.
 * @param session the id of the session that sends it
 * @param run writes into the step's detail how many rows it read or changed, and how
 */
export function inStoreStep<Result>(
  trace: Trace | undefined,
  operation: Operation,
  table: string,
  sql: string,
  session: string,
  run: (detail: StoreDetail) => Promise<Result>,
): Promise<Result> {
  const detail: StoreDetail = { kind: 'store', session, operation, table, sql, rows: 0, changes: [] }
  const about: StepAbout = { name: REGIONS[operation], kind: 'store', title: operation.toUpperCase(), detail }
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
