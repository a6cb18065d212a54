import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { migrateTables } from '../storage/postgres/migrations.ts'
import { hasPostgres } from '../storage/testing/make-database.ts'
import { temporaryDatabase } from '../storage/testing/temporary.ts'
import { postgresLimits } from './postgres-limits.ts'

const postgres = await hasPostgres('limits that instances count together')

/** A pool as each instance has one, and what ends it before the test does. */
function poolOf(url: string): { pool: pg.Pool; end: () => Promise<void> } {
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 60_000 })
  pool.on('error', () => undefined)
  let ended: Promise<void> | undefined
  const end = () => (ended ??= pool.end())
  onTestFinished(end)
  return { pool, end }
}

describe.runIf(postgres)('limits in PostgreSQL', () => {
  test('two instances share their counts, and what one resets is reset for the other', async () => {
    const url = await temporaryDatabase()
    await migrateTables(url)
    const [one, other] = [postgresLimits(poolOf(url).pool, 0), postgresLimits(poolOf(url).pool, 0)]
    for (let time = 0; time < 5; time += 1) {
      expect(await one.logins.take('ada')).toBe(0)
      expect(await other.logins.take('ada')).toBe(0)
    }
    expect(await one.logins.take('ada')).toBeGreaterThan(0)
    expect(await other.logins.take('ada')).toBeGreaterThan(0)
    expect(await other.logins.take('grace')).toBe(0)
    expect(await other.sandboxes.take('ada')).toBe(0)
    await one.logins.forget('ada')
    expect(await other.logins.take('ada')).toBe(0)
  })

  test("while the database doesn't respond, each instance counts by itself", async () => {
    const url = await temporaryDatabase()
    await migrateTables(url)
    const { pool, end } = poolOf(url)
    const { logins } = postgresLimits(pool, 0)
    expect(await logins.take('ada')).toBe(0)
    await end()
    for (let time = 0; time < 10; time += 1) expect(await logins.take('ada')).toBe(0)
    expect(await logins.take('ada')).toBeGreaterThan(0)
  })
})
