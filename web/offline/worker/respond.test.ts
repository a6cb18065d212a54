// @vitest-environment node
import { expect, test } from 'vitest'
import { MemoryCaches } from '../testing/memory-caches.ts'
import { deleteOldBuilds } from './old-builds.ts'
import { cacheNameOf } from './precache.ts'
import { respond } from './respond.ts'
import type { PageClient } from './scope.ts'

/** Caches with two builds, and an asset that only the old one has. */
async function twoBuilds(): Promise<MemoryCaches> {
  const memory = new MemoryCaches()
  for (const build of ['old', 'new']) {
    const cache = (await memory.open(cacheNameOf(build))) as Cache
    await cache.put('/review', new Response(`review of ${build}`))
    await cache.put('/study.json', new Response(`questions of ${build}`))
  }
  const old = (await memory.open(cacheNameOf('old'))) as Cache
  await old.put('/assets/only-old.js', new Response('chunk of old'))
  return memory
}

const page = { kind: 'page', path: '/review' } as const
const fails = (): Promise<Response> => Promise.reject(new TypeError('Failed to fetch'))

async function textOf(
  handling: Parameters<typeof respond>[1],
  load: () => Promise<Response>,
  maxWaitMs = 60_000,
): Promise<string> {
  const { storage } = await twoBuilds()
  const request = new Request(`https://viva.example${handling.path}`)
  return (await respond(request, handling, { build: 'new', load, storage, maxWaitMs })).text()
}

test.each([200, 302, 401, 403, 404])('a page comes from the network: status %i', async (status) => {
  expect(await textOf(page, async () => new Response('of the server', { status }))).toBe('of the server')
})

test.each<[string, () => Promise<Response>, number]>([
  ['is gone', fails, 60_000],
  ['has only errors', async () => new Response('Bad Gateway', { status: 502 }), 60_000],
  ['limits requests', async () => new Response('', { status: 429 }), 60_000],
  ['doesn’t answer', () => new Promise(() => undefined), 0],
])('while the server %s, the page of the newest build is shown', async (_why, load, maxWaitMs) => {
  expect(await textOf(page, load, maxWaitMs)).toBe('review of new')
})

test('a page that isn’t kept gets what the network says, however late', async () => {
  const late = async (): Promise<Response> => {
    await new Promise((resolve) => setTimeout(resolve, 5))
    return new Response('of the server')
  }
  expect(await textOf({ kind: 'page', path: '/about' }, late, 0)).toBe('of the server')
  await expect(textOf({ kind: 'page', path: '/about' }, fails)).rejects.toThrow('Failed to fetch')
})

test('a kept page whose address ends with a slash redirects to the one without, as on the server', async () => {
  const { storage } = await twoBuilds()
  const request = new Request('https://viva.example/review/?card=1')
  const response = await respond(request, page, { build: 'new', load: fails, storage })
  expect([response.status, response.headers.get('Location')]).toEqual([
    308,
    'https://viva.example/review?card=1',
  ])
})

test('data is the page’s own build’s, a chunk is found in any build, and the rest comes from the network', async () => {
  expect(await textOf({ kind: 'data', path: '/study.json', build: 'old' }, fails)).toBe('questions of old')
  expect(await textOf({ kind: 'data', path: '/study.json', build: 'new' }, fails)).toBe('questions of new')
  expect(await textOf({ kind: 'asset', path: '/assets/only-old.js' }, fails)).toBe('chunk of old')
  const server = async (): Promise<Response> => new Response('of the server', { status: 409 })
  expect(await textOf({ kind: 'data', path: '/study.json', build: 'third' }, server)).toBe('of the server')
  expect(await textOf({ kind: 'asset', path: '/assets/new.js' }, server)).toBe('of the server')
})

test('a browser whose storage fails gets everything from the network', async () => {
  const storage = { match: () => Promise.reject(new Error('storage')) } as unknown as CacheStorage
  const load = async (): Promise<Response> => new Response('of the server')
  const asset = { kind: 'asset', path: '/assets/a.js' } as const
  const request = new Request('https://viva.example/assets/a.js')
  expect(await (await respond(request, asset, { build: 'new', load, storage })).text()).toBe('of the server')
})

/** A page that answers the worker's question with a build, or not at all. */
function pageOf(build: string | undefined): PageClient {
  return {
    url: 'https://viva.example/',
    postMessage: (_question, transfer) => {
      if (build !== undefined) (transfer?.[0] as MessagePort).postMessage(build)
    },
  }
}

test.each([
  ['no page is open', [], ['new']],
  ['every page is new', ['new', 'new'], ['new']],
  ['one page is old', ['new', 'old'], ['new', 'old']],
  ['one page doesn’t answer', ['new', undefined], ['new', 'old']],
])('when %s, what is kept is right', async (_when, builds, kept) => {
  const memory = await twoBuilds()
  await deleteOldBuilds('new', builds.map(pageOf), {
    storage: memory.storage,
    // The others answer at once; only the silent page runs into this.
    maxAnswerMs: builds.includes(undefined) ? 20 : 60_000,
  })
  expect((await memory.keys()).sort()).toEqual(kept.map(cacheNameOf).sort())
})
