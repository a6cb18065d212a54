import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openOriginal } from './original-tab.ts'

const BUNDLE = { state: 'ready', address: '/py/1/', bytes: 8_300_000 }

/** Stands in for the browser's: the test says what the worker sends. */
class FakeWorker extends EventTarget {
  static all: FakeWorker[] = []
  port: MessagePort | undefined
  terminated = false

  constructor() {
    super()
    FakeWorker.all.push(this)
  }
  postMessage(_start: unknown, [port]: [MessagePort]): void {
    this.port = port
  }
  terminate(): void {
    this.terminated = true
  }
  send(message: unknown): void {
    this.port?.postMessage(message)
  }
}

const sentence = (kind: RegExp) => expect.objectContaining({ message: expect.stringMatching(kind) as string })
const last = async (): Promise<FakeWorker> => {
  await expect.poll(() => FakeWorker.all.at(-1)?.port).toBeDefined()
  return FakeWorker.all.at(-1)!
}
let reachable = true

beforeEach(() => {
  FakeWorker.all = []
  reachable = true
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('fetch', async () => {
    if (!reachable) throw new TypeError('Failed to fetch')
    return Response.json(BUNDLE)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function booted(tab = openOriginal()): Promise<{ tab: typeof tab; worker: FakeWorker }> {
  const boot = tab.boot()
  const worker = await last()
  worker.send({ kind: 'progress', progress: { stage: 'project', doneBytes: 0, totalBytes: 0 } })
  worker.send({ kind: 'booted', versions: { python: '3.14.2', packages: {} } })
  await boot
  return { tab, worker }
}

test('a result that can’t be read ends Python, with a sentence, and it can be started again', async () => {
  const { tab, worker } = await booted()
  const rows = tab.rows()
  worker.send({ kind: 'result', id: 1, gives: { revision: 'many', tables: null } })
  await expect(rows).rejects.toEqual(sentence(/^Python stopped working in this browser\. What it sent/))
  expect(worker.terminated).toBe(true)
  FakeWorker.all = []
  const { tab: again, worker: next } = await booted(tab)
  const memory = again.memoryBytes()
  next.send({ kind: 'result', id: 1, gives: 54_000_000 })
  expect(await memory).toBe(54_000_000)
})

test('what is no message at all ends Python, too', async () => {
  const { tab, worker } = await booted()
  const rows = tab.rows()
  worker.send('gotcha')
  await expect(rows).rejects.toEqual(sentence(/What it sent can’t be read/))
})

test('results that no one waits for don’t keep an endless loop alive', async () => {
  const { tab, worker } = await booted(openOriginal({ hangLimitMs: 300 }))
  const reset = tab.reset()
  const timer = setInterval(() => worker.send({ kind: 'result', id: 999, gives: null }), 20)
  await expect(reset).rejects.toMatchObject({ kind: 'hung' })
  clearInterval(timer)
})

test('a device that needs long to start the project gets as long for an edit', async () => {
  const tab = openOriginal()
  const boot = tab.boot((progress) => {
    if (progress.stage === 'project') vi.advanceTimersByTime(3000)
  })
  const worker = await last()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  worker.send({ kind: 'progress', progress: { stage: 'project', doneBytes: 0, totalBytes: 0 } })
  worker.send({ kind: 'booted', versions: { python: '3.14.2', packages: {} } })
  await boot
  const reset = tab.reset()
  const seen = vi.fn()
  reset.catch(seen)
  await vi.advanceTimersByTimeAsync(11_000)
  expect(seen).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(2000)
  await expect(reset).rejects.toEqual(sentence(/didn’t answer for 12 seconds/))
})

test('a worker whose script is gone from the server asks for a reload; without a connection it says so', async () => {
  const tab = openOriginal()
  const outdated = tab.boot()
  ;(await last()).dispatchEvent(new Event('error'))
  await expect(outdated).rejects.toEqual(sentence(/^Viva was updated.*Reload the page/))
  FakeWorker.all = []
  const offline = tab.boot()
  const worker = await last()
  reachable = false
  worker.dispatchEvent(new Event('error'))
  await expect(offline).rejects.toEqual(sentence(/Check the connection/))
})

test('an end of memory that the browser reports is named', async () => {
  const { tab, worker } = await booted()
  const rows = tab.rows()
  worker.dispatchEvent(new ErrorEvent('error', { message: 'RangeError: Array buffer allocation failed' }))
  await expect(rows).rejects.toEqual(sentence(/^Python ran out of memory/))
  await expect(tab.rows()).rejects.toMatchObject({ kind: 'closed' })
})

test('Python’s own traceback is shortened to what is wrong', async () => {
  const { tab, worker } = await booted()
  const rows = tab.rows()
  const message = `Traceback (most recent call last):\n  File "x"\nValueError: ${'x'.repeat(5000)}\n`
  worker.send({ kind: 'fault', id: 1, fault: 'failed', message })
  const fault = await rows.catch((error: Error) => error.message)
  expect(fault).toMatch(/^Python stopped working in this browser\. ValueError: x/)
  expect(String(fault).length).toBeLessThan(400)
})
