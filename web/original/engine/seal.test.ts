// @vitest-environment node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** Runs a script in a thread of its own, after `seal`. @returns what it sends back */
function afterSeal(script: string): Promise<Record<string, unknown>> {
  const source = readFileSync(join(import.meta.dirname, 'seal.ts'), 'utf8')
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  })
  const code = `'use strict'
const { parentPort } = require('node:worker_threads')
globalThis.ownEscape = () => 'a global that some later browser may bring'
{
${outputText.replace('export function', 'function')}
const left = seal()
parentPort.postMessage((() => { ${script} })())
}`
  return new Promise((resolve, reject) => {
    new Worker(code, { eval: true }).once('message', resolve).once('error', reject)
  })
}

test('what is sealed has no way out, whether it is known today or not', async () => {
  const ways = [
    ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'Request', 'importScripts', 'Worker', 'eval'],
    ...['BroadcastChannel', 'caches', 'indexedDB', 'navigator', 'postMessage', 'process', 'ownEscape'],
  ]
  const { found, left } = await afterSeal(
    `return { left, found: ${JSON.stringify(ways)}.filter((name) => globalThis[name] !== undefined) }`,
  )
  expect(found).toEqual([])
  expect(left).toEqual([])
})

test('Pyodide finds what it needs', async () => {
  const needed = [
    'WebAssembly',
    'setTimeout',
    'clearTimeout',
    'performance',
    'crypto',
    'TextDecoder',
    'MessageChannel',
  ]
  const { missing, bytes } = await afterSeal(`
    const bytes = crypto.getRandomValues(new Uint8Array(4)).length
    return { bytes, missing: ${JSON.stringify(needed)}.filter((name) => globalThis[name] === undefined) }`)
  expect(missing).toEqual([])
  expect(bytes).toBe(4)
})
