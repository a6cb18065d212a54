import type { StepDetail, StoreChange } from '#contract/trace.ts'
import type { UserRow } from '../storage/storage.ts'
import { visibleRow } from '../storage/rows.ts'
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
 * Runs one operation that changes the store or ends a transaction, and leaves a step of the trace with its SQL, its rows
 * and what it changed.
 * @param run writes into the step how many rows it changed, and how
 */
export function inStoreStep<Result>(
  trace: Trace | undefined,
  operation: Exclude<Operation, 'select'>,
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

/**
 * As `inStoreStep`, for a SELECT.
 * @param run tells how many rows it found
 */
export function inSelectStep<Result>(
  trace: Trace | undefined,
  table: string,
  sql: string,
  run: (found: (rows: number) => void) => Promise<Result>,
): Promise<Result> {
  return inStep(trace, ABOUT.select, (step) => {
    step.detail = selectDetail(table, sql, 0)
    return run((rows) => (step.detail = selectDetail(table, sql, rows)))
  })
}

/** What SELECTs told, by their SQL and the number of their rows: both are few, and kept traces share it. */
const selects = new Map<string, StoreDetail[]>()

function selectDetail(table: string, sql: string, rows: number): StoreDetail {
  let known = selects.get(sql)
  if (known === undefined) selects.set(sql, (known = []))
  return (known[rows] ??= { kind: 'store', operation: 'select', table, sql, rows, changes: NONE })
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
