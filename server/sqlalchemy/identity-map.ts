import type { UserRow } from '../storage/storage.ts'
import type { Entity, Model } from './declarative-base.ts'

/** What a session knows about one of its objects. */
interface State {
  /** The row as it was last read or written; undefined while the object is new. */
  row: UserRow | undefined
  deleted: boolean
}

/** One piece of work that a commit has to do. */
export interface Work {
  entity: Entity
  operation: 'insert' | 'update' | 'delete'
  before: UserRow | undefined
}

/** The objects of one session: one object for each row, however often it is asked for. */
export class IdentityMap {
  readonly #states = new Map<Entity, State>()
  readonly #byId = new Map<number, Entity>()

  find<Of extends Entity>(_model: Model<Of>, id: number): Of | undefined {
    // Rows are of one table, so every object here was made by the one model.
    return this.#byId.get(id) as Of | undefined
  }

  load<Of extends Entity>(model: Model<Of>, row: UserRow): Of {
    const entity = new model(row as Partial<Of>)
    this.#states.set(entity, { row, deleted: false })
    this.#byId.set(row.id, entity)
    return entity
  }

  add(entity: Entity): void {
    if (!this.#states.has(entity)) this.#states.set(entity, { row: undefined, deleted: false })
  }

  delete(entity: Entity): void {
    const state = this.#states.get(entity)
    if (state?.row === undefined) throw new Error('Only an object that this session has read can be deleted')
    state.deleted = true
  }

  /** The row is now this one: the object holds its values, and nothing is left to commit. */
  take(entity: Entity, row: UserRow): void {
    Object.assign(entity, row)
    this.#states.set(entity, { row, deleted: false })
    this.#byId.set(row.id, entity)
  }

  drop(entity: Entity): void {
    const id = this.#states.get(entity)?.row?.id
    this.#states.delete(entity)
    if (id !== undefined) this.#byId.delete(id)
  }

  /** What a commit has to do: new objects, then changed ones, then deleted ones. */
  pending(): Work[] {
    const work: Work[] = []
    for (const [entity, { row, deleted }] of this.#states) {
      if (row === undefined) work.push({ entity, operation: 'insert', before: undefined })
      else if (deleted) work.push({ entity, operation: 'delete', before: row })
      else if (changedValues(entity, row) !== null) work.push({ entity, operation: 'update', before: row })
    }
    const order = { insert: 0, update: 1, delete: 2 }
    return work.sort((a, b) => order[a.operation] - order[b.operation])
  }

  /** Forgets new objects, and resets the others to what was read. */
  reset(): void {
    for (const [entity, { row }] of [...this.#states]) {
      if (row === undefined) this.drop(entity)
      else this.take(entity, row)
    }
  }

  entities(): Entity[] {
    return [...this.#states.keys()]
  }

  clear(): void {
    this.#states.clear()
    this.#byId.clear()
  }
}

/** The columns in which an object differs from its row, with its values; null when it doesn't. */
export function changedValues(entity: Entity, row: UserRow): Partial<UserRow> | null {
  const names = (Object.keys(row) as (keyof UserRow)[]).filter((name) => entity[name] !== row[name])
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, entity[name]]))
}
