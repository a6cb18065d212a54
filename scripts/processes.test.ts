import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { isRunning, processRecord } from './processes.mjs'

test('a recorded process runs until it ends, and not as another one with its id', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'])
  await once(child, 'spawn')
  const record = processRecord(child.pid)
  expect(isRunning(record)).toBe(true)
  expect(isRunning({ ...record, began: 'another boot 1' })).toBe(false)
  expect(isRunning({ ...processRecord(), pid: child.pid })).toBe(process.platform !== 'linux')
  child.stdin.end()
  await once(child, 'close')
  expect(isRunning(record)).toBe(false)
})

test.each([
  undefined,
  null,
  1,
  'text',
  {},
  { pid: process.pid },
  { pid: '1', began: '' },
  { pid: 0, began: '' },
  { pid: -1, began: '' },
])('what is not a record is not running: %j', (record) => expect(isRunning(record)).toBe(false))
