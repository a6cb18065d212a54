import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { leaveOut } from '../../../scripts/leave-out.mjs'
import { postgresUrl } from './postgres.mjs'

/** Whether there is a PostgreSQL to test on. Where there is none, the run's last lines say what was left out. */
export async function hasPostgres(what: string): Promise<boolean> {
  if ((await postgresUrl()) !== undefined) return true
  leaveOut(`${what}: no PostgreSQL here, and none could be installed`)
  return false
}

/** A database of its own, and what drops it. */
export async function makeDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = await postgresUrl()
  if (server === undefined) throw new Error('There is no PostgreSQL here')
  const name = `viva_${randomBytes(8).toString('hex')}`
  await runStatement(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => runStatement(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) }
}

/** Runs one statement on a connection of its own. */
export async function runStatement(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
