import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { workerUrl } from './worker-url.ts'

test('every worker of server/workers is built as JavaScript before the tests start', () => {
  const names = readdirSync(import.meta.dirname)
    .filter((file) => !file.startsWith('worker-url') && !file.endsWith('.test.ts'))
    .map((file) => file.replace(/\.ts$/, ''))
  for (const name of names) expect(existsSync(fileURLToPath(workerUrl(name))), name).toBe(true)
})
