// @vitest-environment node
import { afterEach, expect, test, vi } from 'vitest'
import { Download, loadAhead } from './download.ts'

const MANIFEST = { files: { 'site.zip': { bytes: 6, wire: 3 }, 'NOTICE.txt': { bytes: 9, wire: 9 } } }

/** A server with a manifest, and one answer for the file. */
function serve(file: () => Response | Promise<Response>): void {
  vi.stubGlobal('fetch', async (address: string) =>
    address.endsWith('manifest.json') ? Response.json(MANIFEST) : file(),
  )
}
afterEach(() => void vi.unstubAllGlobals())

async function load(): Promise<Uint8Array> {
  return (await Download.of('/py/1/', () => undefined)).bytes('site.zip')
}

test('a file counts as it arrives, in the bytes that travel', async () => {
  serve(() => new Response('abcdef'))
  const done: number[] = []
  const download = await Download.of('/py/1/', ({ doneBytes, totalBytes }) =>
    done.push(doneBytes, totalBytes),
  )
  expect(new TextDecoder().decode(await download.bytes('site.zip'))).toBe('abcdef')
  expect(done).toEqual([3, 3])
})

test('a connection that ends in the middle of a file is no file, whether the browser notices or not', async () => {
  const broken = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(new Uint8Array(2))
      controller.error(new TypeError('network error'))
    },
  })
  serve(() => new Response(broken))
  await expect(load()).rejects.toMatchObject({ kind: 'offline' })
  serve(() => new Response('abcd'))
  await expect(load()).rejects.toMatchObject({ kind: 'offline' })
})

test('a server that is gone, or fails, is told from one that has another version by now', async () => {
  serve(() => Promise.reject(new TypeError('Failed to fetch')))
  await expect(load()).rejects.toMatchObject({ kind: 'offline' })
  serve(() => new Response('', { status: 502 }))
  await expect(load()).rejects.toMatchObject({ kind: 'offline' })
  serve(() => new Response('', { status: 404 }))
  await expect(load()).rejects.toMatchObject({ kind: 'outdated' })
  vi.stubGlobal('fetch', async () => new Response('{"files": {'))
  await expect(load()).rejects.toMatchObject({ kind: 'offline' })
})

test('what is loaded ahead is everything that a start loads, each file once and whole', async () => {
  const sizes = {
    'site.zip': 4,
    'pydantic_core.so': 4,
    'pyodide.asm.wasm': 4,
    'pyodide.mjs': 4,
    'NOTICE.txt': 4,
  }
  const files = Object.fromEntries(
    Object.entries(sizes).map(([name, bytes]) => [name, { bytes, wire: bytes }]),
  )
  const asked: string[] = []
  let text = 'abcd'
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address)
    return address.endsWith('manifest.json') ? Response.json({ files }) : new Response(text)
  })
  await loadAhead('/py/1/', () => undefined)
  expect(asked).toEqual(
    ['manifest.json', 'site.zip', 'pydantic_core.so', 'pyodide.asm.wasm', 'pyodide.mjs'].map(
      (name) => `/py/1/${name}`,
    ),
  )
  text = 'ab'
  await expect(loadAhead('/py/1/', () => undefined)).rejects.toMatchObject({ kind: 'offline' })
})
