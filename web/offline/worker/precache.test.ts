// @vitest-environment node
import { createHash } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { MemoryCaches } from '../testing/memory-caches.ts'
import { cacheNameOf, keepBuild } from './precache.ts'

const TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
}
const bodies: Record<string, [body: string, type: string]> = {
  '/': ['<h1>Home</h1>', TYPES.html],
  '/review': ['<h1>Review</h1>', TYPES.html],
  '/study.json': ['[]', TYPES.json],
  '/assets/a-1.js': ['export {}', TYPES.js],
}
const hashOf = (body: string): string => createHash('sha256').update(body).digest('base64')
const files = Object.fromEntries(Object.entries(bodies).map(([path, [body]]) => [path, hashOf(body)]))
const everything = Object.keys(files).sort()

type Reply = (path: string) => Response | Promise<Response>
const served: Reply = (path) => {
  const [body, type] = bodies[path] ?? ['', '']
  return new Response(body, { headers: { 'Content-Type': type } })
}

/** A server whose replies to some addresses are others. */
function loading(replies: Record<string, Reply> = {}) {
  return vi.fn(async (path: string | URL | Request) => (replies[String(path)] ?? served)(String(path)))
}

function keep(memory: MemoryCaches, load = loading()) {
  return keepBuild('one', files, { storage: memory.storage, load })
}

const CACHE = cacheNameOf('one')

test('every file is kept, each from the browser’s cache only if the server still has it', async () => {
  const memory = new MemoryCaches()
  const load = loading()
  await keep(memory, load)
  expect(memory.paths(CACHE)).toEqual(everything)
  for (const [, init] of load.mock.calls as unknown as [string, RequestInit][])
    expect(init).toEqual({ cache: 'no-cache', credentials: 'same-origin', redirect: 'error' })
})

const html = (body: string, init: ResponseInit = {}): Response =>
  new Response(body, { ...init, headers: { 'Content-Type': TYPES.html } })
const [script] = bodies['/assets/a-1.js'] ?? ['']
const poisons: [what: string, reply: Reply][] = [
  ['a page of an error', () => html('<h1>502 Bad Gateway</h1>', { status: 502 })],
  ['an error with the right content', () => new Response(script, { status: 500 })],
  ['a sign-in page with 200', () => html('<form>Sign in to this network</form>')],
  [
    'a redirect that was followed',
    (path) => Object.defineProperty(served(path), 'redirected', { value: true }),
  ],
  ['a redirect that is refused', () => Promise.reject(new TypeError('redirect'))],
  ['half a file', () => new Response(script.slice(0, 4), { headers: { 'Content-Type': TYPES.js } })],
  ['a part of a file', () => new Response(script, { status: 206, headers: { 'Content-Type': TYPES.js } })],
  [
    'a response that can’t be read',
    (path) => Object.defineProperty(served(path), 'type', { value: 'opaque' }),
  ],
  ['the file as another type', () => html(script)],
  ['another build’s file', () => new Response('export {1}', { headers: { 'Content-Type': TYPES.js } })],
  ['nothing', () => Promise.reject(new TypeError('Failed to fetch'))],
]

test.each(poisons)('%s is never kept, and what is right is loaded the next time', async (_what, reply) => {
  const memory = new MemoryCaches()
  await expect(keep(memory, loading({ '/assets/a-1.js': reply }))).rejects.toThrow()
  expect(memory.paths(CACHE)).not.toContain('/assets/a-1.js')
  const again = loading()
  await keep(memory, again)
  expect(memory.paths(CACHE)).toEqual(everything)
})

test('behind a portal that answers everything with its own page, nothing is kept', async () => {
  const memory = new MemoryCaches()
  const portal: Reply = () => html('<form>Sign in to this network</form>')
  const replies = Object.fromEntries(everything.map((path) => [path, portal]))
  await expect(keep(memory, loading(replies))).rejects.toThrow('is not the file of this build')
  expect(memory.paths(CACHE)).toEqual([])
})

test('a wrong file in the browser’s own cache is loaded past it', async () => {
  const memory = new MemoryCaches()
  const load = vi.fn(async (path: string | URL | Request, init?: RequestInit) =>
    init?.cache === 'reload' || path !== '/review' ? served(String(path)) : html('old'),
  )
  await keep(memory, load)
  expect(memory.paths(CACHE)).toEqual(everything)
})

test('after an interruption only the rest is loaded, and an update loads only what is different', async () => {
  const memory = new MemoryCaches()
  await expect(
    keep(memory, loading({ '/study.json': () => Promise.reject(new Error('lost')) })),
  ).rejects.toThrow()
  const rest = loading()
  const before = memory.paths(CACHE)
  await keep(memory, rest)
  expect(rest.mock.calls.map(([path]) => path).sort()).toEqual(
    everything.filter((path) => !before.includes(path)),
  )
  const update = loading({ '/': () => html('<h1>New</h1>') })
  await keepBuild('two', { ...files, '/': hashOf('<h1>New</h1>') }, { storage: memory.storage, load: update })
  expect(update.mock.calls.map(([path]) => path)).toEqual(['/'])
  expect(memory.paths(cacheNameOf('two'))).toEqual(everything)
})

test('where there is no space, nothing is left behind', async () => {
  const memory = new MemoryCaches()
  memory.space = 2
  await expect(keep(memory)).rejects.toThrow('full')
  expect(await memory.keys()).toEqual([])
})
