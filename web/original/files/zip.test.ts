// @vitest-environment node
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { zip } from './zip.ts'

const folder = mkdtempSync(join(tmpdir(), 'viva-zip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const python = (() => {
  try {
    execFileSync('python3', ['--version'])
    return true
  } catch {
    return false
  }
})()

/** What Python's `zipfile` finds in each archive, after it has tested every checksum. */
function readByPython(archives: readonly Uint8Array[]) {
  const files = archives.map((archive, at) => {
    const file = join(folder, `${at}.zip`)
    writeFileSync(file, archive)
    return file
  })
  const script = [
    'import json, sys, zipfile',
    'def read(path):',
    '    z = zipfile.ZipFile(path)',
    '    files = [(i.filename, z.read(i).decode()) for i in z.infolist()]',
    '    return {"bad": z.testzip(), "files": files, "times": [list(i.date_time) for i in z.infolist()]}',
    'print(json.dumps([read(path) for path in sys.argv[1:]]))',
  ].join('\n')
  const found = execFileSync('python3', ['-c', script, ...files], { encoding: 'utf8' })
  return JSON.parse(found) as { bad: string | null; files: [string, string][]; times: number[][] }[]
}

const now = new Date(2026, 10, 29, 14, 30, 58)

test.skipIf(!python)('Python reads what was written, whatever the text', () => {
  const path = fc.stringMatching(/^[a-zü_]{1,12}(\/[a-z]{1,8})?\.py$/)
  const entry = fc.record({ path, text: fc.string({ unit: 'grapheme', maxLength: 300 }) })
  const archives = fc.sample(fc.uniqueArray(entry, { selector: (one) => one.path, maxLength: 6 }), 60)
  const found = readByPython(archives.map((entries) => zip(entries, now)))
  expect(found.map(({ bad, files }) => ({ bad, files }))).toEqual(
    archives.map((entries) => ({ bad: null, files: entries.map(({ path, text }) => [path, text]) })),
  )
})

test.skipIf(!python)('the time of the files is the one given, to two seconds', () => {
  const [read] = readByPython([zip([{ path: 'main.py', text: '' }], now)])
  expect(read?.times).toEqual([[2026, 11, 29, 14, 30, 58]])
})
