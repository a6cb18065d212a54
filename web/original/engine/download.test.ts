import { afterEach, expect, test, vi } from 'vitest'
import { Download } from './download.ts'

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
