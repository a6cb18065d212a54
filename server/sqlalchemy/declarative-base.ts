import type { NewUserRow, UserRow } from '../storage/storage.ts'
import type { Column, ColumnType } from './columns.ts'

// The columns' values differ, and a record of all of them is only ever read.
type Columns = Record<string, ColumnType<unknown>>
type ValueOf<Type> = Type extends ColumnType<infer Value> ? Value : never

type Row<Of extends Columns> = { -readonly [Name in keyof Of]: ValueOf<Of[Name]> }
type Statics<Of extends Columns> = {
  readonly [Name in keyof Of & string]: Column<Name, ValueOf<Of[Name]>>
}

/** What `new User({…})` takes: columns with a default, null or a number from the database may be left out. */
type Values<Of extends Columns> = Partial<Row<Of>>

/** An object for one row, as a handler reads and changes it. */
export type Entity = { -readonly [Name in keyof UserRow]: UserRow[Name] }

export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
}

/** A class whose objects are rows of one table. */
export interface Model<Of extends Entity = Entity> {
  new (values: Partial<Of>): Of
  readonly table: Table
}

/**
 * SQLAlchemy's declarative base: the function that it returns is called once for each table, and returns the base of the model.
 *
 * `class User extends Base('users', { id: integer({ primaryKey: true }), … }) {}`
 */
export function declarativeBase() {
  return function Base<const Name extends string, Of extends Columns>(tablename: Name, types: Of) {
    const columns = Object.entries(types).map(([name, type]): Column => ({ name, ...type }))
    const table: Table = { name: tablename, columns }
    class Mapped {
      static readonly table = table

      constructor(values: Values<Of>) {
        const given: Record<string, unknown> = values
        for (const { name } of columns) Object.assign(this, { [name]: given[name] ?? null })
      }
    }
    for (const column of columns) Object.defineProperty(Mapped, column.name, { value: column })
    return Mapped as unknown as {
      new (values: Values<Of>): Row<Of>
      readonly table: Table
    } & Statics<Of>
  }
}

/** The values to insert: what the object holds, and defaults where it holds nothing. */
export function valuesToInsert(entity: Entity, table: Table): NewUserRow {
  const held: Record<string, unknown> = { ...entity }
  const values = table.columns
    .filter((column) => !column.primaryKey)
    .map(({ name, default: make }) => [name, held[name] ?? make?.() ?? null])
  return Object.fromEntries(values) as NewUserRow
}
