import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServer, type ViteDevServer } from 'vite'
import type { PracticeSet } from '#contract/practice.ts'
import { content } from './content.ts'

let folder = ''
let close: () => Promise<void>
let get: (path: string) => Promise<Response>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deck-'))
  await cp('deck/testing/second-deck', folder, { recursive: true })
  const vite: ViteDevServer = await createServer({
    configFile: false,
    logLevel: 'silent',
    appType: 'custom',
    optimizeDeps: { noDiscovery: true },
    server: { middlewareMode: true, hmr: false, ws: false },
    plugins: [content(folder)],
  })
  const server = createHttpServer((request, response) => {
    vite.middlewares(request, response, () => response.writeHead(404).end())
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  get = (path) => fetch(`http://127.0.0.1:${port}${path}`)
  close = async () => {
    server.close()
    await vite.close()
  }
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true })
})

test.each(['lessons/01-safe-methods', 'code', 'interview-questions', 'study', 'practice', 'search'])(
  'in development, /%s.json is served from the deck',
  async (name) => {
    const response = await get(`/${name}.json`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    await response.json()
  },
)

test('a deck shows its tasks and quizzes, and after their file is gone an empty list', async () => {
  const practice = async () => (await (await get('/practice.json')).json()) as PracticeSet[]
  expect((await practice()).map(({ slug }) => slug)).toEqual(['02-idempotence'])
  for (const name of ['practice', 'practice.keys.json', 'practice.yaml'])
    await rm(join(folder, '02-idempotence', name), { recursive: true })
  await expect.poll(practice).toEqual([])
})
