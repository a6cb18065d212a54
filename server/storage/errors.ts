import { basename } from 'node:path'

/** A value that must be unique is taken. */
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

/** The row to change was deleted in the meantime. */
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
  readonly file: string
  readonly fault: string
  /** A newer version wrote it, and it may be whole. */
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

/** The stream has moved on: it doesn't stand where the writer believed. Nothing was appended. */
export class StreamMoved extends Error {
  override name = 'StreamMoved'
  readonly stream: string

  constructor(stream: string) {
    super(`The stream ${stream} has newer events`)
    this.stream = stream
  }
}

/** A stream's file can't be trusted. It is left as it is; other streams go on. */
export class DamagedStream extends StorageUnavailable {
  override name = 'DamagedStream'
  readonly file: string
  readonly fault: string

  constructor(file: string, fault: string) {
    super(
      `${file}: ${fault}. The file was left unchanged. Restore an intact copy of it; or, to keep the events before the damage, ` +
        `stop Viva and run: npm run doctor -- --salvage ${basename(file, '.jsonl')}`,
    )
    this.file = file
    this.fault = fault
  }
}

/** Another process uses the data folder. The message is one line for whoever started this one. */
export class DataFolderInUse extends Error {
  override name = 'DataFolderInUse'
}
