/** A column as it is declared; its name is the key it stands under. */
export interface ColumnType<Value> {
  /** As SQLite declares it: `VARCHAR(50)`. */
  readonly sqlType: string
  readonly nullable: boolean
  readonly primaryKey: boolean
  readonly unique: boolean
  readonly index: boolean
  /** Called for a row that is inserted without a value. */
  readonly default: (() => Value) | undefined
}

/** A column of a model, as `select(…).where` and `.orderBy` take it: `User.email`. */
export interface Column<Name extends string = string, Value = unknown> extends ColumnType<Value> {
  readonly name: Name
}

interface Options<Value, Nullable extends boolean> {
  nullable?: Nullable
  primaryKey?: boolean
  unique?: boolean
  index?: boolean
  default?: () => Value
}

type Maybe<Value, Nullable extends boolean> = Nullable extends true ? Value | null : Value

/** `Mapped[int]`. */
export function integer<Nullable extends boolean = false>(options: Options<number, Nullable> = {}) {
  return column<Maybe<number, Nullable>>('INTEGER', options)
}

/** `Mapped[str] = mapped_column(String(length))`. As in SQLite, the length is documentation: schemas check it. */
export function string<Nullable extends boolean = false>(
  length: number,
  options: Options<string, Nullable> = {},
) {
  return column<Maybe<string, Nullable>>(`VARCHAR(${length})`, options)
}

/** `Mapped[datetime] = mapped_column(UtcDateTime)`: ISO 8601, UTC, with `Z`. */
export function utcDateTime<Nullable extends boolean = false>(options: Options<string, Nullable> = {}) {
  return column<Maybe<string, Nullable>>('DATETIME', options)
}

function column<Value>(sqlType: string, options: Options<unknown, boolean>): ColumnType<Value> {
  return {
    sqlType,
    nullable: options.nullable ?? false,
    primaryKey: options.primaryKey ?? false,
    unique: options.unique ?? false,
    index: options.index ?? false,
    default: options.default as (() => Value) | undefined,
  }
}
