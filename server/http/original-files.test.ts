import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { processRecord } from '../../scripts/processes.mjs'
import { openViva, type Viva } from '../compose.ts'
import { readConfig } from '../config/config.ts'
import { serveApp, type ServedApp } from '../testing/serve-app.ts'
import { createLogger } from './logger.ts'
import { builtPages } from './pages.ts'

let [folder, originalFolder] = ['', '']
let viva: Viva
let served: ServedApp

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-original-'))
  originalFolder = join(folder, 'original')
  const assets = join(folder, 'client/assets')
  await mkdir(assets, { recursive: true })
  for (const name of ['original-worker-abc.js', 'index-abc.js']) await writeFile(join(assets, name), '1')
  await writeFile(join(folder, 'client/index.html'), '<html>')
  viva = await openViva({
    config: readConfig({ DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' }),
    logger: createLogger('silent'),
    pages: builtPages(join(folder, 'client')),
    originalFolder,
    development: false,
  })
  served = await serveApp(viva.app.callback())
})

afterAll(async () => {
  await served.close()
  await viva.close()
  await rm(folder, { recursive: true })
})

const state = async () => (await fetch(`${served.origin}/api/original`)).json()

/** Without the decompression of `fetch`. */
function raw(
  path: string,
  encoding: string,
): Promise<{ status: number; headers: Record<string, unknown>; bytes: number }> {
  return new Promise((resolve, reject) => {
    request(served.origin + path, { headers: { 'Accept-Encoding': encoding } }, (answer) => {
      let bytes = 0
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, bytes }))
    })
      .on('error', reject)
      .end()
  })
}

/** A bundle as the build puts it there: the manifest comes last. */
async function publish(name: string): Promise<void> {
  const target = join(originalFolder, name)
  await mkdir(target, { recursive: true })
  const content = Buffer.alloc(5000, 'wasm')
  await writeFile(join(target, 'pyodide.asm.wasm.br'), brotliCompressSync(content))
  await writeFile(join(target, 'pyodide.asm.wasm.gz'), gzipSync(content))
  const files = { 'pyodide.asm.wasm': { bytes: 5000, wire: 20 }, 'NOTICE.txt': { bytes: 9, wire: 9 } }
  await writeFile(join(target, 'manifest.json'), JSON.stringify({ files }))
}

test('a bundle appears while the server runs: absent, being prepared, ready with its size', async () => {
  expect(await state()).toEqual({ state: 'absent' })
  expect((await raw('/py/1-a/pyodide.asm.wasm', 'br')).status).toBe(404)
  await mkdir(originalFolder)
  const mark = (content: string) => writeFile(join(originalFolder, 'preparing'), content)
  await mark(JSON.stringify(processRecord()))
  expect(await state()).toEqual({ state: 'preparing' })
  // A builder that was killed leaves its mark, and another process may have its id by now.
  const earlier = { pid: process.pid, began: 'another boot 1' }
  for (const stale of ['999999999', String(process.pid), JSON.stringify(earlier), '', 'null', '{"pid":-1}']) {
    await mark(stale)
    expect([stale, await state()]).toEqual([stale, { state: 'absent' }])
  }
  await publish('1-a')
  expect(await state()).toEqual({ state: 'ready', address: '/py/1-a/', bytes: 20 })
})

test('what a builder that was killed left is never served, though it may have a manifest', async () => {
  await publish('.0-a.999999999')
  expect(await state()).toMatchObject({ address: '/py/1-a/' })
  expect((await raw('/py/.0-a.999999999/pyodide.asm.wasm', 'br')).status).toBe(404)
})

test('its files come compressed, with their types, to be kept for good', async () => {
  await publish('1-a')
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
  ]) {
    const { headers } = await raw('/py/1-a/pyodide.asm.wasm', accepted!)
    expect(headers).toMatchObject({
      'content-type': 'application/wasm',
      'content-encoding': encoding,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    })
  }
  expect((await raw('/py/1-a/pyodide.asm.wasm', 'identity')).status).toBe(406)
  for (const path of [
    '/py/1-a/none.zip',
    '/py/2-b/pyodide.asm.wasm',
    '/py/1-a/..%2f..%2fdata',
    '/py/../data',
  ])
    expect((await raw(path, 'br')).status, path).toBe(404)
})

test('only the worker’s own script may compile WebAssembly, and it reaches only the bundle', async () => {
  const policy = async (path: string) => String((await raw(path, 'br')).headers['content-security-policy'])
  const worker = await policy('/assets/original-worker-abc.js')
  expect(worker).toContain("script-src 'self' 'wasm-unsafe-eval';")
  expect(worker).toContain(`connect-src ${new URL(served.origin).host}/py/;`)
  expect(worker).toContain("default-src 'none'")
  await publish('1-a')
  for (const path of ['/', '/assets/index-abc.js', '/py/1-a/pyodide.asm.wasm', '/api/original'])
    expect(await policy(path), path).not.toContain('unsafe')
})
