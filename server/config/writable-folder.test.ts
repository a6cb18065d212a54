import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { readConfig } from './config.ts'

vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>()
  return { ...real, linkSync: vi.fn(real.linkSync) }
})

const DATA_DIR = fs.mkdtempSync(join(tmpdir(), 'viva-folder-'))
afterAll(() => fs.rmSync(DATA_DIR, { recursive: true }))

test.each(['EPERM', 'ENOTSUP', 'ENOSYS', 'EISDIR'])(
  'a data folder on a file system without hard links (%s) ends the start with one line',
  (code) => {
    vi.mocked(fs.linkSync).mockImplementationOnce(() => {
      throw Object.assign(new Error('no links here'), { code, syscall: 'link' })
    })
    expect(() => readConfig({ DATA_DIR })).toThrow(
      `DATA_DIR ${DATA_DIR} is on a file system without hard links (${code}), such as exFAT on a USB stick. ` +
        "Set DATA_DIR to a folder on this computer's own disk.",
    )
    expect(fs.readdirSync(DATA_DIR)).toEqual([])
  },
)

test('a disk without space for a link is reported as such', () => {
  vi.mocked(fs.linkSync).mockImplementationOnce(() => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC', syscall: 'link' })
  })
  expect(() => readConfig({ DATA_DIR })).toThrow(`DATA_DIR ${DATA_DIR} is not writable (ENOSPC).`)
})

test('where there are hard links, nothing but the secret is left in it', () => {
  readConfig({ DATA_DIR })
  expect(fs.readdirSync(DATA_DIR)).toEqual(['jwt-secret'])
})
