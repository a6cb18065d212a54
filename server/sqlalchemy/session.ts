import { randomUUID } from 'node:crypto'
import { RowGone, UniqueViolation } from '../storage/errors.ts'
import type { Draft, SandboxStore } from '../storage/storage.ts'
import type { Trace } from '../trace/trace.ts'
import { valuesToInsert, type Entity, type Model, type Table } from './declarative-base.ts'
import { IntegrityError, StaleDataError } from './exc.ts'
import { changedValues, IdentityMap, type Work } from './identity-map.ts'
import { rowsOf, type Parts, type Select } from './select.ts'
import { deleteSql, insertSql, selectSql, updateSql } from './sql.ts'
import { inStoreStep, visibleChange } from './store-step.ts'

const TABLE = 'users'

/**
 * A unit of work, as SQLAlchemy's `Session(autoflush=False)`: objects are changed in memory, and `commit` writes all of it
 * in one transaction or nothing. One session belongs to one request.
 */
export class Session {
  /** Eight characters by which the trace tells sessions apart. */
  readonly #id = randomUUID().slice(0, 8)
  readonly #store: SandboxStore
  readonly #trace: Trace | undefined
  readonly #identityMap = new IdentityMap()

  /** @param trace gets a step for each operation */
  constructor(store: SandboxStore, trace?: Trace) {
    this.#store = store
    this.#trace = trace
  }

  /** The object with this id. One that this session already holds is returned without asking the database. */
  async get<Of extends Entity>(model: Model<Of>, id: number): Promise<Of | null> {
    const held = this.#identityMap.find(model, id)
    if (held) return held
    const [row] = await this.#select(model.table, { where: { column: 'id', value: id } })
    return row ? this.#identityMap.load(model, row) : null
  }

  /** The first object that a SELECT finds. */
  async scalar<Of extends Entity>(statement: Select<Of>): Promise<Of | null> {
    return (await this.scalars(statement))[0] ?? null
  }

  /** All objects that a SELECT finds. */
  async scalars<Of extends Entity>({ model, parts }: Select<Of>): Promise<Of[]> {
    const rows = await this.#select(model.table, parts)
    return rows.map((row) => this.#identityMap.find(model, row.id) ?? this.#identityMap.load(model, row))
  }

  /** Marks a new object; `commit` inserts it and gives it its id. */
  add(entity: Entity): void {
    this.#identityMap.add(entity)
  }

  /** Marks an object that was read here; `commit` deletes its row. */
  delete(entity: Entity): void {
    this.#identityMap.delete(entity)
  }

  /**
   * Writes what is new, changed or deleted in one transaction. What the session still holds is read again; SQLAlchemy
   * does that on the next access (`expire_on_commit`).
   * @throws {IntegrityError} when a unique value is taken: nothing is written, and `rollback` must follow
   * @throws {StaleDataError} when a row to change was deleted meanwhile
   */
  async commit(): Promise<void> {
    const work = this.#identityMap.pending()
    if (work.length === 0) await this.#end('commit')
    else await this.#write(work).catch(rethrowAsSqlAlchemy)
    for (const entity of this.#identityMap.entities()) await this.refresh(entity)
  }

  /** Forgets new objects, and resets changed ones to what was read. */
  async rollback(): Promise<void> {
    await this.#end('rollback')
    this.#identityMap.reset()
  }

  /** Reads the object's row again. */
  async refresh(entity: Entity): Promise<void> {
    const [row] = await this.#select(tableOf(entity), { where: { column: 'id', value: entity.id } })
    if (row) this.#identityMap.take(entity, row)
  }

  /** Lets go of everything that wasn't committed. */
  close(): void {
    this.#identityMap.clear()
  }

  #select(table: Table, parts: Parts) {
    return inStoreStep(
      this.#trace,
      'select',
      table.name,
      selectSql(table, parts),
      this.#id,
      async (detail) => {
        const rows = rowsOf((await this.#store.read()).users, parts)
        detail.rows = rows.length
        return rows
      },
    )
  }

  async #write(work: readonly Work[]): Promise<void> {
    let flushed: () => void = () => undefined
    const flush = new Promise<void>((resolve) => (flushed = resolve))
    const done: (() => void)[] = []
    const committed = this.#store.transact(async (draft) => {
      done.length = 0
      for (const item of work) done.push(await this.#flush(draft, item))
      flushed()
    })
    await Promise.race([flush, committed])
    await this.#end('commit', committed)
    for (const take of done) take()
  }

  /** Sends one statement. @returns what to do with the object when the commit is durable */
  #flush(draft: Draft, { entity, operation, before }: Work): Promise<() => void> {
    const table = tableOf(entity)
    if (operation === 'delete' && before) {
      return inStoreStep(this.#trace, 'delete', table.name, deleteSql(table), this.#id, async (detail) => {
        await draft.deleteUser(before.id)
        detail.rows = 1
        detail.changes = [visibleChange(table.name, before, undefined)]
        return () => this.#identityMap.drop(entity)
      })
    }
    const changed = before && changedValues(entity, before)
    const sql = changed ? updateSql(table, Object.keys(changed)) : insertSql(table)
    return inStoreStep(
      this.#trace,
      changed ? 'update' : 'insert',
      table.name,
      sql,
      this.#id,
      async (detail) => {
        const after =
          before && changed
            ? await draft.updateUser(before.id, changed)
            : await draft.insertUser(valuesToInsert(entity, table))
        detail.rows = 1
        detail.changes = [visibleChange(table.name, before, after)]
        return () => this.#identityMap.take(entity, after)
      },
    )
  }

  #end(operation: 'commit' | 'rollback', durable: Promise<void> = Promise.resolve()): Promise<void> {
    return inStoreStep(this.#trace, operation, TABLE, operation.toUpperCase(), this.#id, () => durable)
  }
}

function tableOf(entity: Entity): Table {
  return (entity.constructor as Model).table
}

function rethrowAsSqlAlchemy(error: unknown): never {
  if (error instanceof UniqueViolation) throw new IntegrityError(error.message, { cause: error })
  if (error instanceof RowGone) throw new StaleDataError(error.message, { cause: error })
  throw error
}
