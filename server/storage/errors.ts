import { basename } from 'node:path'

/** A value that must be unique is already taken. */
export class UniqueViolation extends Error {
  override name = 'UniqueViolation'
  readonly table: string
  readonly column: string

  constructor(table: string, column: string) {
    super(`UNIQUE constraint failed: ${table}.${column}`)
    this.table = table
    this.column = column
  }
}

/** The row to change has been deleted in the meantime. */
export class RowGone extends Error {
  override name = 'RowGone'
  readonly table: string
  readonly id: number

  constructor(table: string, id: number) {
    super(`${table} has no row ${id} any more`)
    this.table = table
    this.id = id
  }
}

/** The sandbox would hold more than it may. */
export class QuotaExceeded extends Error {
  override name = 'QuotaExceeded'
}

/** Nothing was stored, because there is no space left. Reads still work. */
export class StorageFull extends Error {
  override name = 'StorageFull'
}

/** The disk or the database failed. Nothing was acknowledged. */
export class StorageUnavailable extends Error {
  override name: string = 'StorageUnavailable'
}

/** A stored sandbox can't be trusted. Its file is left unchanged; other sandboxes still work. */
export class DamagedSandbox extends StorageUnavailable {
  override name = 'DamagedSandbox'
  readonly file: string
  readonly fault: string
  /** A newer version wrote it, so it may be intact. */
  readonly newer: boolean

  constructor(file: string, fault: string, newer = false) {
    super(
      `${file}: ${fault}. The file was left unchanged. ` +
        (newer ? 'Start the version that wrote it, or stop' : 'Stop') +
        ` Viva and run: npm run doctor -- --restore ${basename(file, '.json')}`,
    )
    this.file = file
    this.fault = fault
    this.newer = newer
  }
}

/** The stream has newer events than the writer knew of. Nothing was appended. */
export class StreamMoved extends Error {
  override name = 'StreamMoved'
  readonly stream: string

  constructor(stream: string) {
    super(`The stream ${stream} has newer events`)
    this.stream = stream
  }
}

/** A stream's file can't be trusted. It is left unchanged; other streams still work. */
export class DamagedStream extends StorageUnavailable {
  override name = 'DamagedStream'
  readonly file: string
  readonly fault: string

  constructor(file: string, fault: string) {
    super(
      `${file}: ${fault}. The file was left unchanged. Stop Viva and run: ` +
        `npm run doctor -- --restore ${basename(file, '.jsonl')}`,
    )
    this.file = file
    this.fault = fault
  }
}

/** Another process is using the data folder. The message is one line for the person who started this one. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse'
}
