import type { Table } from './declarative-base.ts'
import type { Parts } from './select.ts'

/** The statements that SQLAlchemy 2.1 sends to SQLite for the same operation, as `create_engine(…, echo=True)` prints them. */
export function selectSql(table: Table, { where, orderBy, offset, limit }: Parts): string {
  const columns = table.columns.map(({ name }) => `${table.name}.${name}`).join(', ')
  let sql = `SELECT ${columns} \nFROM ${table.name}`
  if (where) sql += ` \nWHERE ${table.name}.${where.column} = ?`
  if (orderBy) sql += ` ORDER BY ${table.name}.${orderBy}`
  if (limit !== undefined) sql += '\n LIMIT ?'
  else if (offset !== undefined) sql += '\n LIMIT -1'
  if (offset !== undefined) sql += ' OFFSET ?'
  return sql
}

export function insertSql(table: Table): string {
  const columns = table.columns.filter(({ primaryKey }) => !primaryKey).map(({ name }) => name)
  return `INSERT INTO ${table.name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
}

/** @param changed names of the columns that get a new value */
export function updateSql(table: Table, changed: readonly string[]): string {
  const columns = table.columns.filter(({ name }) => changed.includes(name)).map(({ name }) => `${name}=?`)
  return `UPDATE ${table.name} SET ${columns.join(', ')} WHERE ${table.name}.id = ?`
}

export function deleteSql(table: Table): string {
  return `DELETE FROM ${table.name} WHERE ${table.name}.id = ?`
}

/** How `create_all` asks whether a table is there. */
export function tableInfoSql(table: Table): string[] {
  return ['main', 'temp'].map((schema) => `PRAGMA ${schema}.table_info("${table.name}")`)
}

/** What `create_all` sends for a table that is missing. */
export function createSql({ name, columns }: Table): string[] {
  const lines = columns.map(
    ({ name, sqlType, nullable, primaryKey }) =>
      `\t${name} ${sqlType}${nullable ? '' : ' NOT NULL'}${primaryKey ? ' PRIMARY KEY AUTOINCREMENT' : ''}`,
  )
  const indexes = columns
    .filter(({ index }) => index)
    .map(
      (column) =>
        `CREATE ${column.unique ? 'UNIQUE ' : ''}INDEX ix_${name}_${column.name} ON ${name} (${column.name})`,
    )
  return [`CREATE TABLE ${name} (\n${lines.join(', \n')}\n)`, ...indexes]
}

export function countSql({ name }: Table): string {
  return `SELECT count(*) AS count_1 \nFROM ${name}`
}
