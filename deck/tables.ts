import type { StoreExpectation } from '#contract/claim.ts'
import { didYouMean } from './fault.ts'
import type { Regions } from './regions.ts'

/** A column of a table, as far as a claim may be wrong about it. */
interface Column {
  holds: 'a whole number' | 'text'
  nullable: boolean
}

/** The project's tables: columns by name. */
export type Tables = ReadonlyMap<string, ReadonlyMap<string, Column>>

const MODEL = /\bBase\('(\w+)'/
const COLUMN = /^\s*(\w+): (integer|string|utcDateTime)\((.*)\),?$/gm
/** What the store view shows instead of this column's values. */
const HIDDEN_COLUMN = 'hashed_password'

/** Reads the tables and their columns from the models' regions in the TypeScript twin. */
export function tablesOf({ typescript }: Pick<Regions, 'typescript'>): Tables {
  const models = [...typescript].filter(([name]) => name.startsWith('models.'))
  return new Map(
    models.flatMap(([, { code }]): [string, Map<string, Column>][] => {
      const table = MODEL.exec(code)?.[1]
      if (table === undefined) return []
      const columns = [...code.matchAll(COLUMN)].map(
        ([, name = '', type, options = '']): [string, Column] => [
          name,
          {
            holds: type === 'integer' ? 'a whole number' : 'text',
            nullable: options.includes('nullable: true'),
          },
        ],
      )
      return [[table, new Map(columns)]]
    }),
  )
}

/** Something wrong in an expectation, at a path from it. */
export interface WrongPart {
  path: PropertyKey[]
  cause: string
}

/** Tables and columns that don't exist, and values that a column never has: no row would ever be found. */
export function storeFaults(store: readonly StoreExpectation[] = [], tables: Tables): WrongPart[] {
  return store.flatMap(({ table, where = {}, row = [] }, index): WrongPart[] => {
    const path = ['store', index]
    const columns = tables.get(table)
    if (columns === undefined) {
      return [{ path: [...path, 'table'], cause: `no table "${table}"${nearest(table, tables.keys())}` }]
    }
    const columnFault = (name: string, at: PropertyKey[]): WrongPart[] => {
      if (!columns.has(name)) {
        return [{ path: at, cause: `no column "${name}" in ${table}${nearest(name, columns.keys())}` }]
      }
      if (name !== HIDDEN_COLUMN) return []
      return [
        {
          path: at,
          cause: `${name} is never shown, so nothing can be said about it; look at a trace step instead`,
        },
      ]
    }
    return [
      ...Object.entries(where).flatMap(([name, value]) => {
        const at = [...path, 'where', name]
        const column = columns.get(name)
        const fault = columnFault(name, at)
        if (fault.length > 0 || column === undefined || canHold(column, value)) return fault
        return [
          {
            path: at,
            cause: `${name} holds ${column.holds}, never ${JSON.stringify(value)}; no row would be found`,
          },
        ]
      }),
      ...row.flatMap((rule, at) => {
        const [name = '', ...rest] =
          typeof rule.path === 'string' ? rule.path.split('.') : rule.path.map(String)
        if (name === '') return []
        if (rest.length > 0)
          return [{ path: [...path, 'row', at, 'path'], cause: `a column has no parts: use "${name}"` }]
        return columnFault(name, [...path, 'row', at, 'path'])
      }),
    ]
  })
}

function canHold({ holds, nullable }: Column, value: unknown): boolean {
  if (typeof value === 'string' && /^\{\{[^{}]*\}\}$/.test(value)) return true
  if (value === null) return nullable
  return holds === 'text' ? typeof value === 'string' : Number.isInteger(value)
}

/** The nearest name, or all of them. */
function nearest(wrong: string, names: Iterable<string>): string {
  const all = [...names]
  return didYouMean(wrong, all) || ` (there ${all.length === 1 ? 'is' : 'are'} ${all.join(', ')})`
}
