import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { version } from '../package.json'
import { ensureBuilt } from '../scripts/ensure-built.mjs'

let built: string
interface Ended {
  code: number | null
  said: string
  failed: string
}

let folder: string
let busy: Server
const running: ReturnType<typeof spawn>[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-start-'))
  busy = createServer().listen(0, '127.0.0.1')
  built = join(await ensureBuilt(), 'server/index.js')
})

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

afterAll(async () => {
  busy.close()
  await rm(folder, { recursive: true })
})

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'it prints its address, responds, and exits with 0 on %s',
  async (signal) => {
    const viva = run({ DATA_DIR: join(folder, signal), LOG_LEVEL: 'info' })
    const address = await viva.address
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    expect(await (await fetch(`${address}/items`)).json()).toEqual(['item1', 'item2'])
    viva.child.kill(signal)
    const { code, failed } = await viva.ended
    const log = failed
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect([code, ...log.map(({ msg }) => msg)]).toEqual([
      0,
      'listening',
      'request',
      'shutting down',
      'stopped',
    ])
    expect(log[0]).toMatchObject({ version, node: process.version, storage: 'files', trustProxy: 0 })
  },
)

test('with a delay, it first says that it is about to stop, and answers on until then', async () => {
  const viva = run({ DATA_DIR: join(folder, 'delay'), SHUTDOWN_DELAY_SECONDS: '300' })
  const address = await viva.address
  const ready = async () => {
    const response = await fetch(`${address}/readyz`)
    return [response.status, await response.json()]
  }
  expect(await ready()).toEqual([200, { status: 'ready' }])
  viva.child.kill('SIGTERM')
  await expect.poll(ready).toEqual([503, { detail: 'This server is shutting down' }])
  expect((await fetch(`${address}/items`)).status).toBe(200)
  expect((await fetch(`${address}/healthz`)).status).toBe(200)
  viva.child.kill('SIGTERM')
  expect((await viva.ended).code).toBe(0)
})

test('its version is in its health and its metrics', async () => {
  const address = await run({ DATA_DIR: join(folder, 'version') }).address
  expect(await (await fetch(`${address}/healthz`)).json()).toEqual({ status: 'alive', version })
  const metrics = await (await fetch(`${address}/metrics`)).text()
  expect(metrics).toMatch(
    new RegExp(`^viva_build_info\\{version="${version}",build="\\S+",node="v.+"\\} 1$`, 'm'),
  )
})

test('the secret that it generates is readable by its owner only, and is kept', async () => {
  const dataDir = join(folder, 'secret')
  const file = join(dataDir, 'jwt-secret')
  const secrets: string[] = []
  for (let time = 0; time < 2; time++) {
    const viva = run({ DATA_DIR: dataDir })
    await viva.address
    viva.child.kill('SIGTERM')
    await viva.ended
    secrets.push(await readFile(file, 'utf8'))
  }
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(secrets[0]).toBe(secrets[1])
  expect(Buffer.byteLength(secrets[0] ?? '')).toBeGreaterThanOrEqual(32)
})

test('a fault at start is one line that says what to do, and exit code 1', async () => {
  const { port } = busy.address() as AddressInfo
  const file = join(folder, 'a-file')
  await writeFile(file, '')
  const faults: [NodeJS.ProcessEnv, RegExp][] = [
    [{ PORT: String(port) }, /Port \d+ is in use\. .*PORT=\d+/],
    [{ PORT: 'eighty' }, /PORT must be a port, a number from 0 to 65535/],
    [{ HOST: '203.0.113.1' }, /HOST 203\.0\.113\.1 is not an address of this machine/],
    [{ DATA_DIR: join(file, 'data') }, /DATA_DIR .* is not writable \(ENOTDIR\)\. .*set DATA_DIR to another/],
    [{ DATA_DIR: '/proc/viva' }, /DATA_DIR \/proc\/viva is not writable \(\w+\)\. .*set DATA_DIR to another/],
    [{ JWT_SECRET: 'too short' }, /JWT_SECRET must have at least 32 bytes/],
    [{ PUBLIC_URL: 'viva' }, /PUBLIC_URL must be an http or https address/],
    [
      { PUBLIC_URL: 'https://viva.example/below' },
      /PUBLIC_URL must have only a scheme, a host and optionally a port/,
    ],
    [{ TRUST_PROXY: 'yes' }, /TRUST_PROXY must be the number of proxies/],
    [{ SANDBOX_DAYS: '0' }, /SANDBOX_DAYS must be a number of days from 1 to 3650/],
    [{ SHUTDOWN_DELAY_SECONDS: '1m' }, /SHUTDOWN_DELAY_SECONDS must be a number of seconds from 0 to 300/],
    [{ LOG_LEVEL: 'loud' }, /LOG_LEVEL must be trace, debug, info/],
    [{ DATABASE_URL: 'localhost/viva' }, /DATABASE_URL must be the address of a database/],
    [{ DATABASE_URL: 'postgres://localhost/viva' }, /JWT_SECRET must be set with DATABASE_URL/],
    [
      { DATABASE_URL: 'postgres://me:canary@127.0.0.1:1/viva', JWT_SECRET: 'x'.repeat(32) },
      /^((?!canary).)*The database viva on 127\.0\.0\.1:1 can't be used \(.*ECONNREFUSED.*\): check DATABASE_URL/,
    ],
    [
      { DATABASE_URL: 'postgres://me:canary@127.0.0.1:1/viva?sslmode=require', JWT_SECRET: 'x'.repeat(32) },
      /^((?!canary).)*The database viva on 127\.0\.0\.1:1 can't be used \(.*ECONNREFUSED.*\): check DATABASE_URL/,
    ],
  ]
  const outcomes = faults.map(async ([env, expected], index) => {
    const ended = await run({ DATA_DIR: join(folder, `fault-${index}`), ...env }).ended
    expectFault(ended, expected)
  })
  await Promise.all(outcomes)
})

test('a second Viva on the same data folder says which process uses it', async () => {
  const dataDir = join(folder, 'shared')
  const first = run({ DATA_DIR: dataDir })
  await first.address
  const ended = await run({ DATA_DIR: dataDir }).ended
  expectFault(ended, new RegExp(`in use by process ${first.child.pid} .*set DATA_DIR to another`))
})

function expectFault({ code, said, failed }: Ended, expected: RegExp): void {
  expect(failed).toMatch(expected)
  expect(failed.trimEnd().split('\n')).toHaveLength(1)
  expect([code, said]).toEqual([1, ''])
}

/** Starts what was built, on a free port. */
function run(env: NodeJS.ProcessEnv) {
  const clean = { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'silent' }
  const child = spawn(process.execPath, [built], {
    env: { ...clean, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let said = ''
  let failed = ''
  child.stderr.on('data', (chunk: Buffer) => (failed += chunk.toString()))
  const ended = new Promise<Ended>((done) => {
    child.on('close', (code) => done({ code, said, failed }))
  })
  const address = new Promise<string>((done, fail) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      const found = /^Viva is at http:\/\/localhost:(\d+)\n/.exec(said)?.[1]
      if (found !== undefined) done(`http://127.0.0.1:${found}`)
    })
    void ended.then(() => fail(new Error(`ended before it listened: ${failed}`)))
  })
  address.catch(() => {})
  return { child, address, ended }
}
