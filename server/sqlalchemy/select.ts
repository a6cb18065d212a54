import type { UserRow } from '../storage/storage.ts'
import type { Column } from './columns.ts'
import type { Entity, Model } from './declarative-base.ts'

/** One SELECT of whole rows. Each method returns a new one, as in SQLAlchemy. */
export interface Select<Of extends Entity> {
  readonly model: Model<Of>
  readonly parts: Parts
  /** `.where(User.email == value)` */
  where<Name extends keyof Of & string>(column: Column<Name, Of[Name]>, value: Of[Name]): Select<Of>
  /** Ascending. */
  orderBy(column: Column<keyof Of & string, unknown>): Select<Of>
  offset(rows: number): Select<Of>
  limit(rows: number): Select<Of>
}

export interface Parts {
  readonly where?: { column: keyof UserRow; value: unknown }
  readonly orderBy?: keyof UserRow
  readonly offset?: number
  readonly limit?: number
}

/** `select(User)`: sent by `Session.scalar` or `Session.scalars`. */
export function select<Of extends Entity>(model: Model<Of>): Select<Of> {
  return statement(model, {})
}

/** The rows that a SELECT finds, in the order of their ids unless it has another. */
export function rowsOf(rows: readonly UserRow[], { where, orderBy, offset = 0, limit }: Parts): UserRow[] {
  const found = where ? rows.filter((row) => row[where.column] === where.value) : [...rows]
  if (orderBy) found.sort((a, b) => compare(a[orderBy], b[orderBy]))
  return found.slice(offset, limit === undefined ? undefined : offset + limit)
}

function statement<Of extends Entity>(model: Model<Of>, parts: Parts): Select<Of> {
  const more = (added: Parts) => statement(model, { ...parts, ...added })
  return {
    model,
    parts,
    where: (column, value) => more({ where: { column: column.name as keyof UserRow, value } }),
    orderBy: (column) => more({ orderBy: column.name as keyof UserRow }),
    offset: (rows) => more({ offset: rows }),
    limit: (rows) => more({ limit: rows }),
  }
}

// SQLite sorts NULL before everything else.
function compare(a: string | number | null, b: string | number | null): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}
