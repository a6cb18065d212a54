import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import ts from 'typescript'

const SEAL = resolve(import.meta.dirname, '../web/original/engine/seal.ts')

/** What a worker tries after `seal`, with what it has by then. */
const TRIES = `
const WAYS = ['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'WebTransport', 'EventSource', 'importScripts',
  'Request', 'Worker', 'SharedWorker', 'BroadcastChannel', 'RTCPeerConnection', 'caches', 'indexedDB', 'cookieStore',
  'navigator', 'location', 'postMessage', 'reportError', 'FileReader', 'FileReaderSync', 'Notification', 'eval',
  'createImageBitmap', 'FontFace', 'fonts', 'addEventListener', 'onmessage', 'close']
onmessage = ({ ports: [port] }) => {
  const left = seal()
  const reachable = WAYS.filter((name) => globalThis[name] !== undefined)
  const kept = new Set()
  for (let owner = globalThis; owner !== null; owner = Object.getPrototypeOf(owner))
    for (const name of Object.getOwnPropertyNames(owner))
      if (/^(function|object)$/.test(typeof globalThis[name]) && globalThis[name] !== null) kept.add(name)
  port.onmessage = ({ data }) => port.postMessage(data)
  port.postMessage({ left, reachable, unknown: [...kept].filter((name) => !KEPT.has(name) && !(name in Object.prototype)) })
}
`

let server: Server
let origin = ''

test.beforeAll(async () => {
  const { outputText } = ts.transpileModule(await readFile(SEAL, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  const worker = `${outputText.replace('export function', 'function')}${TRIES}`
  server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js'
    response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html')
    response.end(isWorker ? worker : '<!doctype html><title>Seal</title>')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
test.afterAll(() => void server.close())

test('in this browser, too, a sealed worker has nothing that leads out of it, and still hears its port @firefox', async ({
  page,
}) => {
  await page.goto(origin)
  const found = await page.evaluate(async () => {
    const { port1, port2 } = new MessageChannel()
    const next = () => new Promise((done) => (port1.onmessage = ({ data }) => done(data)))
    const worker = new Worker('/worker.js', { type: 'module' })
    const sealed = next()
    worker.postMessage(null, [port2])
    const result = await sealed
    port1.postMessage('echo')
    return { result, echo: await next() }
  })
  expect(found).toEqual({ result: { left: [], reachable: [], unknown: [] }, echo: 'echo' })
})
