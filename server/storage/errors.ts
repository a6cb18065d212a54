/** A value that must be unique is taken. */
export class UniqueViolation extends Error {
  override name = 'UniqueViolation'

  constructor(
    readonly table: string,
    readonly column: string,
  ) {
    super(`UNIQUE constraint failed: ${table}.${column}`)
  }
}

/** The row to change was deleted in the meantime. */
export class RowGone extends Error {
  override name = 'RowGone'

  constructor(
    readonly table: string,
    readonly id: number,
  ) {
    super(`${table} has no row ${id} any more`)
  }
}

/** The sandbox would hold more than it may. */
export class QuotaExceeded extends Error {
  override name = 'QuotaExceeded'
}

/** Nothing was stored, because there is no room. Reads go on. */
export class StorageFull extends Error {
  override name = 'StorageFull'
}

/** The disk or the database failed. Nothing was acknowledged. */
export class StorageUnavailable extends Error {
  override name: string = 'StorageUnavailable'
}

/** A stored sandbox can't be trusted. Its file is left as it is; other sandboxes go on. */
export class DamagedSandbox extends StorageUnavailable {
  override name = 'DamagedSandbox'

  constructor(
    readonly file: string,
    readonly fault: string,
  ) {
    super(
      `${file}: ${fault}. It is left as it is: put back a copy of it that is whole, ` +
        'or move it away and that sandbox starts anew.',
    )
  }
}

/** Another process uses the data folder. The message is one line for whoever started this one. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse'
}
