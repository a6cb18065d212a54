import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { version } from '../package.json'
import { ensureBuilt } from './ensure-built.mjs'
import { startIn } from './testing/start-in.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')

beforeAll(async () => {
  await ensureBuilt()
})

test('a release runs on bare Node, and its checksums are right', async () => {
  const above = await mkdtemp(join(tmpdir(), 'viva-release-'))
  onTestFinished(() => rm(above, { recursive: true, force: true }))
  // Not into `release/`: another test makes a release at the same time.
  const target = join(above, 'release')
  const { stdout } = await run(process.execPath, ['scripts/release.mjs', target], { cwd: root })
  const archive = resolve(root, stdout.trim())
  expect(archive).toBe(join(target, `viva-${version}.tar.gz`))
  await run('sha256sum', ['--check', `${archive}.sha256`], { cwd: target })

  await run('tar', ['-xzf', archive, '-C', above])
  const folder = join(above, `viva-${version}`)
  await run('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder })
  expect(await readFile(join(folder, 'SHA256SUMS'), 'utf8')).toMatch(/ {2}dist\/\w{16}\/server\/index\.js\n/)

  const dataDir = join(above, 'data')
  // With nothing but Node: not even PATH.
  const address = await startIn(folder, { DATA_DIR: dataDir })
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ name: 'Lin', email: 'lin@example.com', password: 'three green boats' })
  const statuses = [
    (await fetch(`${address}/users/`, { method: 'POST', headers, body })).status,
    (await fetch(address, { headers: { Accept: 'text/html' } })).status,
    (await fetch(`${address}/docs`)).status,
  ]
  expect(statuses).toEqual([201, 200, 200])

  // What a database needs is there, too.
  const env = { PATH: process.env.PATH, DATA_DIR: join(above, 'none'), PORT: '0' }
  const noDatabase = { ...env, DATABASE_URL: 'postgres://viva@127.0.0.1:1/viva', JWT_SECRET: 'x'.repeat(32) }
  const failed = await run(process.execPath, ['scripts/start.mjs'], { cwd: folder, env: noDatabase }).catch(
    (error: { stderr: string }) => error.stderr,
  )
  expect(failed).toMatch(/^Viva can't start: The database viva on 127\.0\.0\.1:1 can't be used/)
})
