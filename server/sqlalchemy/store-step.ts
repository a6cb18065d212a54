import type { StepDetail, StoreChange } from '../../contract/trace.ts'
import type { UserRow } from '../storage/storage.ts'
import { visibleRow } from '../storage/visible-row.ts'
import { inStep, type Trace } from '../trace/trace.ts'

type Operation = Extract<StepDetail, { kind: 'store' }>['operation']

/** What an operation on the store did, once it is done. */
export interface Done<Result> {
  result: Result
  rows: number
  changes?: readonly RowChange[]
}

export interface RowChange {
  before: UserRow | undefined
  after: UserRow | undefined
}

/** Which lines explain an operation: the mapped class makes rows and statements, the session holds the transaction. */
const REGIONS: Record<Operation, string> = {
  select: 'models.user',
  insert: 'models.user',
  update: 'models.user',
  delete: 'models.user',
  commit: 'database.session_local',
  rollback: 'database.session_local',
}

/** Runs one operation on the store and leaves a step of the trace with its SQL, its rows and what it changed. */
export function inStoreStep<Result>(
  trace: Trace | undefined,
  operation: Operation,
  table: string,
  sql: string,
  run: () => Promise<Done<Result>>,
): Promise<Result> {
  const detail = (rows: number, changes: readonly RowChange[]): StepDetail => ({
    kind: 'store',
    operation,
    table,
    sql,
    rows,
    changes: changes.map((change) => visibleChange(table, change)),
  })
  const about = {
    name: REGIONS[operation],
    kind: 'store' as const,
    title: operation.toUpperCase(),
    detail: () => detail(0, []),
  }
  return inStep(trace, about, async (step) => {
    const { result, rows, changes = [] } = await run()
    step.detail = () => detail(rows, changes)
    return result
  })
}

function visibleChange(table: string, { before, after }: RowChange): StoreChange {
  return {
    table,
    id: (after ?? before)?.id ?? 0,
    before: before ? visibleRow(before) : null,
    after: after ? visibleRow(after) : null,
  }
}
