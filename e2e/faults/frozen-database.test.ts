import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { postgresUrl } from '../../server/storage/testing/postgres.mjs'
import { runStatement, hasPostgres, makeDatabase } from '../../server/storage/testing/make-database.ts'
import { newSandbox, readiness, writeBio, writersOfNewSandbox, type Writer } from '../support/api.ts'
import { guarantee } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'

const NOTICED_WITHIN_MS = 15_000

/** A proxy between the app and its database that can stop forwarding bytes without closing connections. */
async function standBetween(url: string) {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let isFrozen = false
  const server = createServer((client) => {
    const far = connect(Number(target.port || 5432), target.hostname)
    for (const [from, to] of [
      [client, far],
      [far, client],
    ] as const) {
      sockets.add(from)
      from.pipe(to)
      if (isFrozen) from.pause()
      from.on('error', () => to.destroy())
      from.on('close', () => {
        sockets.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const near = new URL(url)
  near.host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url: near.href,
    freeze: () => {
      isFrozen = true
      for (const socket of sockets) socket.pause()
    },
    thaw: () => {
      isFrozen = false
      for (const socket of sockets) socket.resume()
    },
  }
}

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
    const between = await standBetween(url)
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
