import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { StorageUnavailable, UniqueViolation } from '../errors.ts'
import { PostgresDatabase } from './database.ts'
import { MIGRATIONS, migrateTables } from './migrations.ts'
import { openPostgres } from './open-postgres.ts'
import { freezableProxy } from '../testing/freezable-proxy.ts'
import { eventLogContract } from '../testing/event-log-contract.ts'
import { runStatement, hasPostgres } from '../testing/make-database.ts'
import { temporaryDatabase } from '../testing/temporary.ts'
import { person, SEED } from '../testing/seed.ts'
import { stopIntervals } from '../testing/stopped-clock.ts'
import { closesWithTest, storageContract } from '../testing/storage-contract.ts'

const postgres = await hasPostgres('storage on PostgreSQL')

/** Opened twice, it is two instances on one database. */
async function newPlace() {
  const url = await temporaryDatabase()
  return {
    url,
    open: () =>
      closesWithTest(openPostgres({ url, seed: SEED, days: 30 })) as ReturnType<typeof openPostgres>,
  }
}

describe.runIf(postgres)('on PostgreSQL', () => {
  storageContract(newPlace)
  eventLogContract(newPlace)

  test('eight instances that start at once create the tables once', async () => {
    const place = await newPlace()
    const storages = await Promise.all(Array.from({ length: 8 }, () => place.open()))
    const stores = await Promise.all(storages.map((storage) => storage.sandbox('default')))
    for (const store of stores) expect((await store!.read()).users).toHaveLength(2)
    const { rows } = await storages[0]!.pool.query('SELECT version FROM viva_migrations')
    expect(rows).toEqual(MIGRATIONS.map((_, index) => ({ version: index + 1 })))
  })

  test('a failed migration leaves the tables as they were; a later one runs once', async () => {
    const url = await temporaryDatabase()
    await migrateTables(url)
    const broken = [
      ...MIGRATIONS,
      ['ALTER TABLE users ADD COLUMN tall integer', 'SELECT no_such_column FROM users'],
    ]
    await expect(migrateTables(url, broken)).rejects.toThrow(/no_such_column/)
    const mended = [...MIGRATIONS, ['ALTER TABLE users ADD COLUMN tall integer']]
    await migrateTables(url, mended)
    await migrateTables(url, mended)
    await expect(migrateTables(url)).rejects.toThrow(/newer version of Viva/)
  })

  test('two instances are one: what one commits, the other reads, and one name is taken once', async () => {
    const place = await newPlace()
    const [one, other] = [await place.open(), await place.open()]
    const { id } = await one.create()
    const stores = [(await one.sandbox(id))!, (await other.sandbox(id))!]
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, (_, index) =>
        stores[index % 2]!.transact((draft) => draft.insertUser(person('Alan'))),
      ),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(UniqueViolation)
    }
    expect(await stores[0]!.read()).toEqual(await stores[1]!.read())
    expect(await one.instances.alive()).toEqual(new Set([one.instances.me, other.instances.me]))
  })

  test('when the database no longer responds, closing does not wait for its statements', async () => {
    const proxy = await freezableProxy(await temporaryDatabase())
    const storage = await openPostgres({ url: proxy.url, seed: SEED, days: 30 })
    await storage.sandbox('default')
    proxy.freeze()
    let isWaiting = true
    const statement = storage.pool.query('SELECT 1').catch(() => (isWaiting = false))
    await storage.close()
    expect(isWaiting).toBe(true)
    await statement
  })

  test('a database that accepts a connection but never responds is given up after the first one', async () => {
    const proxy = await freezableProxy(await temporaryDatabase())
    const database = new PostgresDatabase(proxy.url)
    onTestFinished(() => database.close())
    proxy.freeze()
    await expect(database.query('SELECT 1')).rejects.toThrow(StorageUnavailable)
    expect(proxy.connections()).toBe(1)
  })

  test('the database itself refuses what would break a rule', async () => {
    const place = await newPlace()
    const storage = await place.open()
    const { id } = await storage.create()
    const insert = (email: string, user = 9, sandbox = id) =>
      storage.pool.query(
        `INSERT INTO users VALUES ($1, $2, 'A', $3, null, null, '2026-01-01T00:00:00.000Z', 'x')`,
        [sandbox, user, email],
      )
    await expect(insert('ada@example.com')).rejects.toThrow(/users_email_key/)
    await expect(insert('new@example.com', 1)).rejects.toThrow(/users_pkey/)
    await expect(insert('new@example.com', 9, 'b'.repeat(26))).rejects.toThrow(/foreign key/)
    await expect(storage.pool.query('UPDATE sandboxes SET users = 201')).rejects.toThrow(/check constraint/)
  })

  test('each event of one instance reaches the other exactly once, while connections are killed', async () => {
    const place = await newPlace()
    const [one, other] = [await place.open(), await place.open()]
    const heard: unknown[] = []
    let reading = Promise.resolve()
    const catchUp = () => {
      reading = reading.then(async () => {
        for (const { number, data } of await other.events.read('room', heard.length)) {
          expect(number).toBe(heard.push(data))
        }
      })
    }
    onTestFinished(other.events.watch('room', catchUp))
    for (let index = 0; index < 60; index += 1) {
      if (index % 20 === 10) {
        await runStatement(
          place.url,
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        )
      }
      await one.events.append('room', index, [index])
    }
    await expect.poll(() => heard).toHaveLength(60)
    expect(heard).toEqual(Array.from({ length: 60 }, (_, index) => index))
  })

  test('killed connections are replaced: reads and transactions continue', async () => {
    const place = await newPlace()
    const storage = await place.open()
    const store = await storage.create()
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
    for (let index = 0; index < 10; index += 1) {
      await runStatement(place.url, kill)
      await store.transact((draft) => draft.insertUser(person(`P${index}`)))
      await runStatement(place.url, kill)
      expect((await store.read()).users).toHaveLength(3 + index)
    }
  })

  test('a statement that waits too long is aborted and reported as unavailable', async () => {
    const place = await newPlace()
    const storage = await place.open()
    const store = await storage.create()
    const holder = new pg.Client({ connectionString: place.url })
    await holder.connect()
    onTestFinished(() => holder.end())
    await holder.query('BEGIN')
    await holder.query('SELECT * FROM sandboxes FOR UPDATE')
    const waiting = store.transact((draft) => draft.insertUser(person('Alan')))
    await expect(waiting).rejects.toThrow(StorageUnavailable)
    expect((await store.read()).users).toHaveLength(2)
  })

  test('a missing database is reported', async () => {
    const url = new URL(await temporaryDatabase())
    url.pathname = '/nowhere'
    await expect(openPostgres({ url: url.href, seed: SEED, days: 30 })).rejects.toThrow(
      /"nowhere" does not exist/,
    )
  })

  test('traces are found only from their own sandbox, and old ones are pruned', async () => {
    const place = await newPlace()
    const [one, other] = [await place.open(), await place.open()]
    const traceId = 'a'.repeat(32)
    const trace = (sandbox: string, age: number, request: string) => ({
      sandbox,
      traceId,
      spanId: randomUUID().slice(0, 16),
      startedAt: Date.now() - age,
      request,
    })
    await one.traces.save([trace('x', 500, '{"n":2}'), trace('x', 1000, '{"n":1}'), trace('y', 0, '{}')])
    await one.traces.save([trace('x', 20 * 60_000, '{"old":true}')])
    expect(await other.traces.find('x', traceId)).toEqual(['{"n":1}', '{"n":2}'])
    await one.traces.save(Array.from({ length: 200 }, (_, index) => trace('z', index, String(index))))
    await one.traces.prune()
    const { rows } = await one.pool.query<{ n: string }>(
      `SELECT count(*) AS n FROM traces GROUP BY sandbox_id ORDER BY sandbox_id`,
    )
    expect(rows.map(({ n }) => Number(n))).toEqual([2, 1, 120])
  })

  test('sandboxes unused for 30 days are removed, but not the default', async () => {
    stopIntervals()
    const place = await newPlace()
    const storage = await place.open()
    const [unused, used] = [await storage.create(), await storage.create()]
    await storage.sandbox('default')
    await storage.pool.query(`UPDATE sandboxes SET used_at = now() - interval '31 days'`)
    await storage.sandbox(used.id)
    vi.advanceTimersByTime(600_000)
    await expect.poll(() => storage.sandboxIds()).toEqual([used.id, 'default'].sort())
    expect(await storage.sandbox(unused.id)).toBeNull()
  })
})
