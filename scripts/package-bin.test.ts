import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageBin } from './package-bin.mjs'

test('every command that scripts run from a package is a script that Node can start', () => {
  const sources = ['test.mjs', 'mutation.mjs', 'browser.mjs'].map((name) =>
    readFileSync(join(import.meta.dirname, name), 'utf8'),
  )
  const calls = [...sources.join('\n').matchAll(/packageBin\('([^']+)'(?:, '([^']+)')?\)/g)]
  expect(calls.length).toBeGreaterThanOrEqual(8)
  for (const [, name = '', command] of calls) {
    const file = packageBin(name, command)
    expect(existsSync(file), file).toBe(true)
    expect(readFileSync(file, 'utf8')).toMatch(/^#!.*node/)
  }
})
