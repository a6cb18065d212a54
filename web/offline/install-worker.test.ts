// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { installWorker } from './install-worker.ts'

/** As much of a worker and its registration as the browser shows a page. */
class Installing {
  onstatechange: (() => void) | null = null
  state = 'installing'
  end(state: 'installed' | 'redundant'): void {
    this.state = state
    this.onstatechange?.()
  }
}

class Registration {
  onupdatefound: (() => void) | null = null
  active: object | null = null
  update = vi.fn(async () => this)
  installing: Installing | null
  constructor(installing: Installing | null = null) {
    this.installing = installing
  }
  find(worker: Installing): void {
    this.installing = worker
    this.onupdatefound?.()
  }
}

const register = vi.fn<(address: string) => Promise<Registration>>()
const workers = { register } as unknown as ServiceWorkerContainer
const fetched = vi.fn<typeof fetch>()
let caches: string[]

beforeEach(() => {
  vi.useFakeTimers()
  caches = ['viva:build:one']
  vi.stubGlobal('caches', { keys: async () => caches })
  vi.stubGlobal('fetch', fetched.mockReset().mockResolvedValue(new Response('')))
  register.mockReset()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A page whose first installation has begun; each further one begins with a worker of this list. */
async function installing(...next: Installing[]): Promise<Installing> {
  const first = new Installing()
  for (const worker of [first, ...next]) register.mockResolvedValueOnce(new Registration(worker))
  await installWorker(workers)
  return first
}

test('an installation that breaks off is started again, at longer and longer intervals, and not for ever', async () => {
  const next = [new Installing(), new Installing(), new Installing()]
  const first = await installing(...next)
  for (const [index, worker] of [first, ...next].entries()) {
    expect(register).toHaveBeenCalledTimes(index + 1)
    worker.end('redundant')
    await vi.advanceTimersByTimeAsync(4_000)
    expect(register).toHaveBeenCalledTimes(index + 1)
    await vi.advanceTimersByTimeAsync(200_000)
  }
  expect(register).toHaveBeenCalledTimes(4)
})

test('an installed worker is left alone, even when a later one replaces it', async () => {
  const worker = await installing()
  worker.end('installed')
  worker.end('redundant')
  await vi.advanceTimersByTimeAsync(1_000_000)
  expect(register).toHaveBeenCalledOnce()
})

test('where there was no space, it isn’t tried again', async () => {
  const worker = await installing()
  caches = []
  worker.end('redundant')
  await vi.advanceTimersByTimeAsync(1_000_000)
  expect(register).toHaveBeenCalledOnce()
})

test('an update that breaks off is looked for again', async () => {
  const registration = new Registration()
  registration.active = {}
  register.mockResolvedValue(registration)
  await installWorker(workers)
  expect(registration.update).not.toHaveBeenCalled()
  const update = new Installing()
  registration.find(update)
  update.end('redundant')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(registration.update).toHaveBeenCalledOnce()
})

test('a server that can’t be reached in between is asked again, and one that has no worker any more isn’t', async () => {
  const worker = await installing(new Installing())
  worker.end('redundant')
  fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await vi.advanceTimersByTimeAsync(5_000)
  expect(register).toHaveBeenCalledOnce()
  fetched.mockResolvedValue(new Response('', { status: 404 }))
  await vi.advanceTimersByTimeAsync(1_000_000)
  expect(fetched).toHaveBeenCalledTimes(3)
  expect(register).toHaveBeenCalledOnce()
})
