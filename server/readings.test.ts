import pg from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { hasPostgres } from './storage/testing/make-database.ts'
import { temporaryDatabase, temporaryFolder } from './storage/testing/temporary.ts'
import { serveViva } from './testing/serve-viva.ts'

/** The value of a gauge in `/metrics`. */
async function gauge(origin: string, name: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? 'missing')
}

test('without a database, its connections are not a number, so that no alert fires', async () => {
  const viva = await serveViva()
  onTestFinished(viva.close)
  const text = await (await fetch(`${viva.origin}/metrics`)).text()
  for (const name of ['connections', 'connections_idle', 'waiting'])
    expect(text).toMatch(new RegExp(`^viva_database_${name} nan$`, 'im'))
})

test('sandboxes, interviews, rooms and study copies that are stored are counted', async () => {
  const dataDir = await temporaryFolder()
  const first = await serveViva({ DATA_DIR: dataDir })
  for (const _ of ['one', 'another'])
    expect((await fetch(`${first.origin}/api/sandbox`)).headers.get('set-cookie')).toContain('sandbox=')
  await first.close()
  const viva = await serveViva({ DATA_DIR: dataDir })
  onTestFinished(viva.close)
  // With the default one.
  await expect.poll(() => gauge(viva.origin, 'viva_sandboxes')).toBe(3)
  for (const name of ['interviews', 'rooms', 'study_copies'])
    expect(await gauge(viva.origin, `viva_${name}`)).toBe(0)
})

test.runIf(await hasPostgres('metrics of the connections to PostgreSQL'))(
  'while the database is locked, what waits for a connection is counted',
  async () => {
    const url = await temporaryDatabase()
    const viva = await serveViva({ DATABASE_URL: url, JWT_SECRET: 'x'.repeat(32), RATE_LIMIT: '0' })
    onTestFinished(viva.close)
    expect(await gauge(viva.origin, 'viva_database_connections')).toBeGreaterThan(0)
    expect(await gauge(viva.origin, 'viva_database_waiting')).toBe(0)

    const locker = new pg.Client({ connectionString: url })
    await locker.connect()
    await locker.query('BEGIN')
    await locker.query('LOCK TABLE sandboxes IN ACCESS EXCLUSIVE MODE')
    const asked = Array.from({ length: 20 }, () => fetch(`${viva.origin}/users/`))
    await expect.poll(() => gauge(viva.origin, 'viva_database_waiting')).toBeGreaterThan(0)
    expect(await gauge(viva.origin, 'viva_database_connections_idle')).toBe(0)
    await locker.query('COMMIT')
    await locker.end()
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]))
    await expect.poll(() => gauge(viva.origin, 'viva_database_waiting')).toBe(0)
  },
)
