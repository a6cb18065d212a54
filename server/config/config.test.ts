import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { configWarnings, readConfig } from './config.ts'

const DATA_DIR = mkdtempSync(join(tmpdir(), 'viva-config-'))
afterAll(() => rmSync(DATA_DIR, { recursive: true }))

test.each([
  ['https://viva.example', 'https://viva.example'],
  ['https://viva.example/', 'https://viva.example'],
  ['HTTPS://Viva.Example:443', 'https://viva.example'],
  ['http://[::1]:8000/', 'http://[::1]:8000'],
])('PUBLIC_URL %s is the origin %s', (given, origin) => {
  expect(readConfig({ DATA_DIR, PUBLIC_URL: given }).publicUrl).toBe(origin)
})

test.each([
  'https://viva.example/viva',
  'https://viva.example/viva/',
  'https://viva.example//',
  'https://user@viva.example',
  'https://user:secret@viva.example',
  'https://:secret@viva.example',
  'https://viva.example?',
  'https://viva.example/?a=1',
  'https://viva.example/#',
  'https://viva.example#top',
])("PUBLIC_URL %s stops the start with a line that doesn't repeat the password", (given) => {
  expect(() => readConfig({ DATA_DIR, PUBLIC_URL: given })).toThrow(
    /^PUBLIC_URL must have only a scheme, a host and optionally a port((?!secret|\n).)*$/,
  )
})

test('https without a trusted proxy gets one warning, and nothing else does', () => {
  const warnings = (env: NodeJS.ProcessEnv) => configWarnings(readConfig({ DATA_DIR, ...env }))
  expect(warnings({ PUBLIC_URL: 'https://viva.example' })).toEqual([expect.stringMatching(/TRUST_PROXY=1/)])
  expect(warnings({ PUBLIC_URL: 'https://viva.example', TRUST_PROXY: '1' })).toEqual([])
  expect(warnings({ PUBLIC_URL: 'http://viva.example' })).toEqual([])
  expect(warnings({})).toEqual([])
})

test.each(['viva', 'ftp://viva.example', '//viva.example', 'https://'])(
  'PUBLIC_URL %s is not an address',
  (given) => {
    expect(() => readConfig({ DATA_DIR, PUBLIC_URL: given })).toThrow(
      'PUBLIC_URL must be an http or https address, such as https://viva.example.com.',
    )
  },
)

test('OFFLINE is on unless it is off', () => {
  expect(readConfig({ DATA_DIR }).offline).toBe(true)
  expect(readConfig({ DATA_DIR, OFFLINE: 'off' }).offline).toBe(false)
  expect(() => readConfig({ DATA_DIR, OFFLINE: 'no' })).toThrow('OFFLINE must be on or off.')
})
