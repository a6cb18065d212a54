import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { storedSecret } from './stored-secret.ts'

let folder: string

beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'viva-secret-'))))
afterEach(() => rmSync(folder, { recursive: true }))

test('a secret is generated once, readable by its owner only, with no other file beside it', () => {
  const first = storedSecret(folder)
  expect(first.length).toBeGreaterThanOrEqual(32)
  expect(storedSecret(folder)).toEqual(first)
  expect(readdirSync(folder)).toEqual(['jwt-secret'])
  expect(statSync(join(folder, 'jwt-secret')).mode & 0o777).toBe(0o600)
})

test('an existing one is kept, and one that is too short is refused with what to do', () => {
  const file = join(folder, 'jwt-secret')
  writeFileSync(file, `${'x'.repeat(32)}\n`, { mode: 0o644 })
  expect(Buffer.from(storedSecret(folder)).toString()).toBe('x'.repeat(32))
  expect(statSync(file).mode & 0o777).toBe(0o600)
  writeFileSync(file, '')
  expect(() => storedSecret(folder)).toThrow(/contains less than 32 bytes\. Delete it/)
  expect(readFileSync(file, 'utf8')).toBe('')
})
