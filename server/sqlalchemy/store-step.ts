import type { StepDetail, StoreChange } from '../../contract/trace.ts'
import type { UserRow } from '../storage/storage.ts'
import { visibleRow } from '../storage/visible-row.ts'
import { inStep, type StepAbout, type Trace } from '../trace/trace.ts'

export type StoreDetail = Extract<StepDetail, { kind: 'store' }>
type Operation = StoreDetail['operation']

/** Which lines explain an operation: the mapped class makes rows and statements, the session holds the transaction. */
const ABOUT: Record<Operation, StepAbout> = {
  select: about('select', 'models.user'),
  insert: about('insert', 'models.user'),
  update: about('update', 'models.user'),
  delete: about('delete', 'models.user'),
  commit: about('commit', 'database.session_local'),
  rollback: about('rollback', 'database.session_local'),
}

function about(operation: Operation, name: string): StepAbout {
  const detail: StoreDetail = { kind: 'store', operation, table: '', sql: '', rows: 0, changes: [] }
  return { name, kind: 'store', title: operation.toUpperCase(), detail }
}

const NONE: StoreChange[] = []

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
  const detail: StoreDetail = { kind: 'store', operation, table, sql, rows: 0, changes: NONE }
  return inStep(trace, ABOUT[operation], (step) => {
    step.detail = detail
    return run(detail)
  })
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
