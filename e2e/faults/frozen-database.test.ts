import { expect, onTestFinished } from 'vitest'
import { freezableProxy } from '../../server/storage/testing/freezable-proxy.ts'
import { postgresUrl } from '../../server/storage/testing/postgres.mjs'
import { runStatement, hasPostgres, makeDatabase } from '../../server/storage/testing/make-database.ts'
import { newSandbox, readiness, writeBio, writersOfNewSandbox, type Writer } from '../support/api.ts'
import { guarantee } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'

const NOTICED_WITHIN_MS = 15_000

guarantee(
  'While the database is frozen or read-only, readyz reports it, and everything works again afterwards',
  async (row) => {
    if (!(await hasPostgres('a frozen database'))) {
      row.leftOut = 'no PostgreSQL here'
      return
    }
    const server = (await postgresUrl()) ?? ''
    const { url, drop } = await makeDatabase()
    onTestFinished(drop)
    const between = await freezableProxy(url)
    const app = await testApp({
      env: { DATABASE_URL: between.url, JWT_SECRET: 'long enough for a secret of tests', RATE_LIMIT: '0' },
    })
    const [writer] = (await writersOfNewSandbox(app)) as [Writer]
    const becomes = (status: number) =>
      expect.poll(() => readiness(app), { timeout: NOTICED_WITHIN_MS }).toBe(status)
    const works = async (bio: string) => {
      await becomes(200)
      await expect
        .poll(async () => (await writeBio(app, writer, bio)).status, { timeout: NOTICED_WITHIN_MS })
        .toBe(200)
      await newSandbox(app)
    }
    await works('before')

    between.freeze()
    await becomes(503)
    expect((await writeBio(app, writer, 'frozen')).status).toBe(503)
    between.thaw()
    await works('thawed')

    const name = new URL(url).pathname.slice(1)
    const onlyReads = async (how: 'on' | 'off') => {
      await runStatement(server, `ALTER DATABASE ${name} SET default_transaction_read_only = ${how}`)
      await runStatement(
        server,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      )
    }
    await onlyReads('on')
    await becomes(503)
    expect((await writeBio(app, writer, 'read-only')).status).toBe(503)
    await onlyReads('off')
    await works('writable')
    row.tried = 'a database that stops answering with all connections open, and one that becomes read-only'
    row.figure = '503 meanwhile, 200 and writes again by itself'
  },
  120_000,
)
