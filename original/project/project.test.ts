import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { COMMON } from '../../server/project/common-passwords.ts'
import versions from '../recording/versions.json' with { type: 'json' }
import { readRegions } from '../../deck/regions.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** Modules of a folder by their path without suffix, such as `routers/users`. */
function modulesIn(folder: string, suffix: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(suffix))
    .map((path) => path.slice(0, -suffix.length).replaceAll('_', '-'))
}

test("the original's requirements have exact versions, the same as in the recording", () => {
  const lines = readFileSync(join(import.meta.dirname, 'requirements.txt'), 'utf8')
    .trim()
    .split('\n')
  const pins = lines.map((line) => /^([\w-]+)(?:\[\w+\])?==(\d+(?:\.\d+)+)$/.exec(line)?.slice(1) ?? [line])
  expect(Object.fromEntries(pins)).toEqual(versions.packages)
})

test('the twin has a module for every module of the original', () => {
  const original = modulesIn('original/project', '.py').filter((path) => !path.endsWith('--init--'))
  expect(original).toHaveLength(12)
  expect(modulesIn('server/project', '.ts')).toEqual(expect.arrayContaining(original))
})

test('the twins refuse the same common passwords', () => {
  const python = readFileSync(join(import.meta.dirname, 'common_passwords.py'), 'utf8')
  const [, words = ''] = /frozenset\(\s*"""([^"]+)"""/.exec(python) ?? []
  expect([...COMMON]).toEqual(words.trim().split(/\s+/))
  expect(COMMON.size).toBeGreaterThan(250)
})

test('the twins have the same regions, each in the same module', async () => {
  const { python, typescript } = await readRegions(ROOT)
  const places = (regions: typeof python, folder: string) =>
    [...regions.values()]
      .map(({ name, file }) => `${name} in ${file.slice(folder.length + 1).split('.')[0]}`)
      .sort()
  const original = places(python, 'original/project')
  expect(original.length).toBeGreaterThan(35)
  expect(places(typescript, 'server/project')).toEqual(original)
})
