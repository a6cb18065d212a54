// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startWorker } from './start-worker.ts'

const showNewVersion = vi.hoisted(() => vi.fn())
vi.mock('./new-version.ts', () => ({ showNewVersion }))
const register = vi.fn()
const unregister = vi.fn()
const fetched = vi.fn<typeof fetch>()

function browser(more: object = {}) {
  const serviceWorker = Object.assign(new EventTarget(), {
    ...{ controller: null, register, startMessages: () => undefined },
    getRegistrations: async () => [{ unregister }],
  })
  vi.stubGlobal('navigator', { serviceWorker, ...more })
}

beforeEach(() => {
  showNewVersion.mockReset()
  vi.stubEnv('DEV', false)
  register.mockReset().mockResolvedValue({})
  unregister.mockReset().mockResolvedValue(true)
  fetched.mockReset().mockResolvedValue(new Response(''))
  vi.stubGlobal('fetch', fetched)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

test('a page on HTTPS registers the worker of its server', async () => {
  browser()
  await startWorker()
  expect(register).toHaveBeenCalledExactlyOnceWith('/sw.js')
})

test.each([
  ['who saves data', () => browser({ connection: { saveData: true } })],
  ['whose browser has no workers, as on plain HTTP', () => vi.stubGlobal('navigator', {})],
])('someone %s gets none', async (_who, as) => {
  as()
  await startWorker()
  expect(register).not.toHaveBeenCalled()
})

test.each([
  ['no worker any more', () => fetched.mockResolvedValue(new Response('', { status: 404 }))],
  ['gone', () => fetched.mockRejectedValue(new TypeError('Failed to fetch'))],
])('where the server is %s, the worker that is there isn’t registered again', async (_what, set) => {
  browser()
  set()
  await startWorker()
  expect(register).not.toHaveBeenCalled()
})

test('a browser that refuses breaks nothing', async () => {
  browser()
  register.mockRejectedValue(new DOMException('denied', 'SecurityError'))
  await expect(startWorker()).resolves.toBeUndefined()
})

test.each([
  ['a worker of a later build', 'later', 'later', 1],
  ['a worker of the build before, while its successor is installed', 'earlier', 'this', 0],
  ['a worker of the same build', 'this', 'later', 0],
])('of %s, the page makes what the server says', async (_what, worker, server, notices) => {
  vi.stubGlobal('document', { documentElement: { dataset: { build: 'this' } } })
  fetched.mockResolvedValue(new Response('', { headers: { 'X-Viva-Build': server } }))
  browser()
  await startWorker()
  const data = { build: worker }
  ;(navigator.serviceWorker as EventTarget).dispatchEvent(
    Object.assign(new Event('message'), { data, ports: [] }),
  )
  await vi.waitFor(() => expect(fetched).toHaveBeenCalledTimes(worker === 'this' ? 1 : 2))
  await new Promise((done) => setTimeout(done))
  expect(showNewVersion).toHaveBeenCalledTimes(notices)
})

test('in development a worker that a production build left is removed', async () => {
  vi.stubEnv('DEV', true)
  browser()
  await startWorker()
  expect(register).not.toHaveBeenCalled()
  expect(unregister).toHaveBeenCalledOnce()
})
